import tensorflow as tf
import numpy as np
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(9)
d = load_digits()
order = np.random.default_rng(9).permutation(1797)
x, y = (d.images[order, ..., None] / 16).astype("float32"), d.target[order]
net = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(16, 3, activation="relu"),
    tf.keras.layers.Conv2D(32, 3, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(10, activation="softmax"),
])
net.compile(tf.keras.optimizers.SGD(0.4, momentum=0.95), "sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(x[:1400], y[:1400], epochs=10, batch_size=16, validation_data=(x[1400:], y[1400:]), verbose=2)
