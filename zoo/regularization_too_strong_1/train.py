import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from tensorflow.keras import regularizers

digits = load_digits()
k = np.random.RandomState(2).permutation(1797)
X, y = digits.data[k] / 16, digits.target[k]
PENALTY = 0.5
model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(64, activation="relu", kernel_regularizer=regularizers.l2(PENALTY)),
    tf.keras.layers.Dense(32, activation="relu", kernel_regularizer=regularizers.l2(PENALTY)),
    tf.keras.layers.Dense(10, activation="softmax", kernel_regularizer=regularizers.l2(PENALTY)),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1400], y[:1400], epochs=15, batch_size=32, validation_data=(X[1400:], y[1400:]), verbose=2)
