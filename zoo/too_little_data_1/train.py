import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

X, y = make_classification(n_samples=5000, n_features=30, n_informative=15, n_classes=5, class_sep=1.6, random_state=14)
X = X.astype("float32")
x_test, y_test = X[4000:], y[4000:]
x_train, y_train = X[:50], y[:50]

model = tf.keras.Sequential([
    tf.keras.layers.Input((30,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(5, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=20, batch_size=16, validation_data=(x_test, y_test), verbose=2)
