import numpy as np
import tensorflow as tf
from sklearn.datasets import make_friedman2

X, y = make_friedman2(2000, noise=10.0, random_state=2)
X = (X - X.mean(0)) / X.std(0)
y = (y - y.mean()) / y.std()
model = tf.keras.Sequential([
    tf.keras.layers.Input((4,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.005), loss="mse", metrics=["mae", tf.keras.metrics.R2Score()])
model.fit(X[:1600], y[:1600, None], epochs=20, batch_size=32, validation_data=(X[1600:], y[1600:, None]), verbose=2)
