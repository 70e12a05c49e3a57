import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
rs = np.random.RandomState(19)
perm = rs.permutation(1797)
x, y = digits.data[perm] / 16.0, digits.target[perm]


def transcribe(labels, error_rate):
    typed = labels.copy()
    slips = rs.rand(len(labels)) < error_rate
    typed[slips] = rs.randint(0, 10, slips.sum())
    return typed


train_labels = transcribe(y[:1400], error_rate=0.02)
model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], train_labels, epochs=30, batch_size=32, verbose=2, validation_data=(x[1400:], y[1400:]))
