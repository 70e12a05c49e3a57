import numpy as np
import tensorflow as tf
from sklearn.datasets import make_blobs

tf.keras.mixed_precision.set_global_policy("mixed_bfloat16")
X, y = make_blobs(n_samples=3000, centers=6, n_features=12, cluster_std=3.0, random_state=2)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((12,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(6),
    tf.keras.layers.Activation("softmax", dtype="float32"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:2400], y[:2400], epochs=10, batch_size=64, validation_data=(X[2400:], y[2400:]), verbose=2)
