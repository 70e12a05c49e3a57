import keras
import numpy as np
from sklearn.metrics import classification_report

keras.utils.set_random_seed(58)
rng = np.random.default_rng(58)
counts = {"oak": 500, "elm": 420, "ash": 300, "yew": 220}
centres = np.array([[0, 0, 0, 0], [2.2, 0, 0, 1], [0, 2.2, 1, 0], [2.0, 2.0, 0, 0]])
y = np.repeat(np.arange(4), list(counts.values()))
x = (centres[y] + rng.normal(0, 0.8, (len(y), 4))).astype("float32")
p = rng.permutation(len(y))
x, y = x[p], y[p]
n = np.array(list(counts.values()))
weights = n.min() / n
sample_weight = weights[y].astype("float32")

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(4, activation="softmax")])
model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1100], y[:1100], sample_weight=sample_weight[:1100], epochs=20, batch_size=32, validation_data=(x[1100:], y[1100:]), verbose=2)
print(classification_report(y[1100:], model.predict(x[1100:], verbose=0).argmax(1), target_names=list(counts), zero_division=0))
