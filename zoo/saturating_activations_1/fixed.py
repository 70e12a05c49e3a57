import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(29)
tf.random.set_seed(29)
X = rng.normal(size=(3000, 20)).astype("float32")
y = (np.sin(X[:, 0] * 2) + X[:, 1] * X[:, 2] > 0).astype("float32")


class Gate(layers.Layer):
    def __init__(self, units, gain):
        super().__init__()
        self.proj = layers.Dense(units)
        self.gain = gain

    def call(self, x):
        return tf.tanh(self.gain * self.proj(x))


model = tf.keras.Sequential([layers.Input((20,)), Gate(64, 1.0), Gate(64, 1.0), layers.Dense(1, activation="sigmoid")])
model.compile(tf.keras.optimizers.Adam(0.002), "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:2400], y[:2400], epochs=25, batch_size=32, validation_data=(X[2400:], y[2400:]), verbose=2)
