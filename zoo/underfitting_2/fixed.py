import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

d = load_digits()
p = np.random.RandomState(27).permutation(1797)
x, y = d.data[p] / 16.0, d.target[p]
model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dropout(0.1),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], y[:1400], epochs=20, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
