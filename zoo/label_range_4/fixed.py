import numpy as np
import tensorflow as tf
from sklearn.datasets import make_moons

X, y = make_moons(1500, noise=0.15, random_state=12)
y = y * 1
net = tf.keras.Sequential([tf.keras.layers.Input((2,)), tf.keras.layers.Dense(24, activation="relu"), tf.keras.layers.Dense(24, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
net.compile(optimizer=tf.keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
net.fit(X[:1200], y[:1200], epochs=20, batch_size=32, validation_data=(X[1200:], y[1200:]), verbose=2)
