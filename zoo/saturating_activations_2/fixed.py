import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
order = np.random.default_rng(18).permutation(1797)
x, y = digits.data[order] / 16.0, digits.target[order]
tf.keras.utils.set_random_seed(18)
init = tf.keras.initializers.GlorotNormal()
model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(48, activation="tanh", kernel_initializer=init),
    tf.keras.layers.Dense(48, activation="tanh", kernel_initializer=init),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], y[:1400], epochs=20, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
