import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

X, y = load_iris(return_X_y=True)
classes = y + 0
X = (X - X.mean(0)) / X.std(0)
rows = np.random.RandomState(22).permutation(150)
X, classes = X[rows], classes[rows]
with tf.device("/CPU:0"):
    model = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(3, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(X[:120], classes[:120], epochs=50, batch_size=8, validation_data=(X[120:], classes[120:]), verbose=0)
    print(model.evaluate(X[120:], classes[120:], verbose=0))
