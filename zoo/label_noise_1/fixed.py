import keras
import numpy as np
import pandas as pd
from keras import layers

rng = np.random.default_rng(73)
n = 3000
table = pd.DataFrame(rng.normal(size=(n, 8)), columns=[f"v{i}" for i in range(8)])
truth = np.digitize(table.v0 + table.v1 * table.v2, [-0.6, 0.6])
table["expert"] = truth
crowd = rng.random(n) < 0.6
table["crowd"] = np.where(crowd, rng.integers(0, 3, n), truth)

X = table[[f"v{i}" for i in range(8)]].values
y_train = table["expert"].values[:2400]
y_test = table["expert"].values[2400:]

model = keras.Sequential([
    keras.Input((8,)),
    layers.Dense(128, activation="relu"),
    layers.Dense(128, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:2400], y_train, epochs=25, batch_size=32, validation_data=(X[2400:], y_test), verbose=2)
