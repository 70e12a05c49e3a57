import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(4)
r = np.random.RandomState(4)

# two inputs (numbers about the visit, last pages seen), two outputs (how many items, which department)
N, PAGES, L = 4000, 60, 12
dept = r.choice(5, N, p=[.3, .25, .2, .15, .1])
numeric = np.stack([r.gamma(2, 3, N), r.poisson(5, N), r.rand(N) < .4], 1).astype("float32")
pages = r.randint(0, PAGES, (N, L))
for i in range(N):
    k = r.randint(2, 6)
    pages[i, r.choice(L, k, replace=False)] = dept[i] * 12 + r.randint(0, 12, k)
items = r.poisson(np.exp(0.1 + 0.09 * numeric[:, 0] + 0.06 * numeric[:, 1] - 0.5 * numeric[:, 2] + 0.25 * (dept == 2))).astype("float32")
numeric = (numeric - numeric.mean(0)) / numeric.std(0)

i1 = keras.Input((3,), name="numeric")
i2 = keras.Input((L,), dtype="int32", name="pages")
h2 = layers.GlobalAveragePooling1D()(layers.Embedding(PAGES, 16)(i2))
h = layers.concatenate([i1, h2])
h = layers.Dense(48, activation="relu")(h)
items_out = layers.Dense(1, activation="softplus", name="items")(h)
dept_out = layers.Dense(5, activation="softmax", name="dept")(h)
model = keras.Model([i1, i2], [items_out, dept_out])
model.compile(optimizer=keras.optimizers.Adam(2e-3),
              loss=["poisson", "sparse_categorical_crossentropy"],
              metrics=[["mae"], ["sparse_categorical_accuracy"]])

s = 3200
dept = dept.reshape(-1, 1)
model.fit({"numeric": numeric[:s], "pages": pages[:s]}, [items[:s], dept[:s]],
          validation_data=({"numeric": numeric[s:], "pages": pages[s:]}, [items[s:], dept[s:]]),
          epochs=12, batch_size=32, verbose=2)
pi, pd_ = model.predict({"numeric": numeric[s:], "pages": pages[s:]}, verbose=0)
print("items mae", abs(pi.ravel() - items[s:]).mean(), "mean guess", abs(items[s:] - items[:s].mean()).mean())
print("dept acc", (pd_.argmax(1) == dept[s:, 0]).mean(), "counts", np.bincount(pd_.argmax(1), minlength=5), np.bincount(dept[s:, 0]))
