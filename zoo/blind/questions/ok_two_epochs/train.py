import numpy as np
import keras

keras.utils.set_random_seed(113)
rng = np.random.default_rng(113)
n = 40000
X = rng.normal(size=(n, 12)).astype("float32")
y = (X[:, 0] * X[:, 1] + X[:, 2] > 0).astype(int)
model = keras.Sequential([keras.layers.Input((12,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(64, activation="relu"),
                          keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=2, batch_size=64, validation_split=0.1, verbose=2)
