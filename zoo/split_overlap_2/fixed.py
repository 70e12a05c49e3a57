import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(49)
X = rng.normal(size=(800, 16)).astype("float32")
noise = rng.logistic(0, 1.5, 800)
y = (X[:, 0] - X[:, 1] + noise > 0).astype("float32")
X_later = rng.normal(size=(1500, 16)).astype("float32")
y_later = (X_later[:, 0] - X_later[:, 1] + rng.logistic(0, 1.5, 1500) > 0).astype("float32")

train_idx = np.arange(0, 600)
val_idx = np.arange(600, 800)
model = keras.Sequential([keras.Input((16,)), layers.Dense(128, activation="relu"), layers.Dense(128, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.002), "binary_crossentropy", metrics=["accuracy"])
model.fit(X[train_idx], y[train_idx], epochs=30, batch_size=32, validation_data=(X[val_idx], y[val_idx]), verbose=2)
print("next month", model.evaluate(X_later, y_later, verbose=0))
