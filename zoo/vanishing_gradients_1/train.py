import numpy as np
import tensorflow as tf
from sklearn.datasets import make_moons

X, y = make_moons(2000, noise=0.15, random_state=5)
X = (X - X.mean(0)) / X.std(0)


def build(depth=16, activation="sigmoid"):
    model = tf.keras.Sequential()
    model.add(tf.keras.layers.Input((2,)))
    for _ in range(depth):
        model.add(tf.keras.layers.Dense(16, activation=activation))
    model.add(tf.keras.layers.Dense(1, activation="sigmoid"))
    return model


net = build()
net.compile(optimizer=tf.keras.optimizers.Adam(0.003), loss="binary_crossentropy", metrics=["accuracy"])
net.fit(X[:1600], y[:1600], epochs=25, batch_size=32, validation_data=(X[1600:], y[1600:]), verbose=2)
