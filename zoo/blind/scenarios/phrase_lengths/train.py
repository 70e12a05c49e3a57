import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(29)
rng = np.random.default_rng(29)
L = 40


def corpus(n):
    x, y = np.zeros((n, L), "int32"), np.zeros((n, L), "int32")
    for i in range(n):
        m = rng.integers(5, 20)
        w = rng.integers(1, 200, m)
        follow = np.r_[0, w[:-1]]
        t = np.where(w < 60, 1, np.where(w < 130, 2 + (follow < 80), 4))
        flip = rng.random(m) < 0.06
        x[i, :m], y[i, :m] = w, np.where(flip, rng.integers(1, 5, m), t)
    return x, y


x_train, y_train = corpus(3000)
x_val, y_val = corpus(700)
inp = keras.Input((L,), dtype="int32")
e = layers.Embedding(200, 12)(inp)
h = layers.Conv1D(32, 3, padding="same", activation="relu")(e)
logits = layers.Dense(5)(h)
model = keras.Model(inp, logits)
model.compile(optimizer=keras.optimizers.Adam(3e-3),
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              weighted_metrics=["accuracy"])
w_train, w_val = (x_train > 0).astype("float32"), (x_val > 0).astype("float32")
model.fit(x_train, y_train, sample_weight=w_train, validation_data=(x_val, y_val, w_val), epochs=10, batch_size=32, verbose=2)
p = model.predict(x_val, verbose=0).argmax(-1)
real = x_val > 0
print("token accuracy %.3f, padding left out" % (p[real] == y_val[real]).mean())
