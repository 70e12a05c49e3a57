import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler

X, target = load_breast_cancer(return_X_y=True)
y = np.where(target == 0, 2.0, 1.0)
seq = np.random.default_rng(4).permutation(len(y))
X, y = StandardScaler().fit_transform(X)[seq], y[seq]

model = tf.keras.Sequential([tf.keras.layers.Input((30,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X[:450], y[:450], epochs=25, batch_size=16, validation_data=(X[450:], y[450:]), verbose=2)
