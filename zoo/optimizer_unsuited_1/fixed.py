import numpy as np
import tensorflow as tf
from sklearn.datasets import make_regression

X, y = make_regression(n_samples=2000, n_features=10, noise=5, random_state=16)
y = (y - y.mean()) / y.std()
model = tf.keras.Sequential([tf.keras.layers.Input((10,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(X[:1600], y[:1600], epochs=20, batch_size=32, validation_data=(X[1600:], y[1600:]), verbose=2)
