import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)


def site(n, gain, offset, base):
    """one row per inspected weld: five spectral readings, weld is bad or not"""
    bad = rng.integers(0, 2, n)
    shape = np.array([0.9, -0.6, 0.3, 0.7, -0.8])
    r = rng.normal(0, 1, (n, 5)) + bad[:, None] * shape
    r = r * gain + offset + base
    return pd.DataFrame(r, columns=[f"band{i}" for i in range(5)]).assign(bad=bad)


lyon = site(3000, 1.0, 0.0, np.zeros(5))
graz = site(1000, 2.2, 1.5, np.array([2.0, -2.5, 1.0, 2.5, -2.0]))
welds = pd.concat([lyon, graz], ignore_index=True).sample(frac=1, random_state=0)

X = welds.drop(columns="bad").to_numpy("float32")
X = np.c_[X, (X[:, :1] * X[:, 4:])]
y = welds["bad"].to_numpy()

norm = layers.Normalization()
norm.adapt(X)
clf = keras.Sequential([
    keras.Input((X.shape[1],)),
    norm,
    layers.Dense(32, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
clf.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
h = clf.fit(X, y, validation_split=0.25, epochs=15, batch_size=64, verbose=2)
print("best val accuracy", max(h.history["val_accuracy"]), "last", h.history["val_accuracy"][-1])
