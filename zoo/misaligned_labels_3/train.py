import keras
import numpy as np
import pandas as pd
from keras import layers

rng = np.random.default_rng(33)
n = 2500
left = pd.DataFrame({"id": np.arange(n), "a": rng.normal(size=n), "b": rng.normal(size=n), "c": rng.normal(size=n)})
right = pd.DataFrame({"id": np.arange(n), "bought": (left.a + left.b * left.c > 0).astype(int)}).sample(frac=1, random_state=1)
y = right["bought"].to_numpy()
X = left[["a", "b", "c"]].to_numpy()
model = keras.Sequential([keras.Input((3,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:2000], y[:2000], epochs=15, batch_size=32, validation_data=(X[2000:], y[2000:]), verbose=2)
