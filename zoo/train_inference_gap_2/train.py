import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

d = load_digits()
order = np.random.default_rng(57).permutation(1797)
x, y = (d.data[order] / 16).astype("float32"), d.target[order]


class Corrupt(tf.keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, inputs):
        keep = tf.cast(tf.random.uniform(tf.shape(inputs)) > self.rate, inputs.dtype)
        return inputs * keep / (1.0 - self.rate)


model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    Corrupt(0.3),
    tf.keras.layers.Dense(128, activation="relu"),
    Corrupt(0.7),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], y[:1400], epochs=20, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
a, b = model.predict(x[1400:], verbose=0), model.predict(x[1400:], verbose=0)
print("same rows twice, largest difference", np.abs(a - b).max(), "test accuracy", (a.argmax(1) == y[1400:]).mean())
