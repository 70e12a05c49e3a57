import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler

X, y = load_wine(return_X_y=True)
order = np.random.default_rng(63).permutation(178)
X, y = StandardScaler().fit_transform(X)[order], y[order].reshape(-1, 1)
model = tf.keras.Sequential([tf.keras.layers.Input((13,)), tf.keras.layers.Dense(24, activation="relu"), tf.keras.layers.Dense(3, activation="softmax")])
model.compile(tf.keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["categorical_accuracy"])
model.fit(X[:130], y[:130], epochs=30, batch_size=16, validation_data=(X[130:], y[130:]), verbose=2)
print("right by hand", np.mean(model.predict(X[130:], verbose=0).argmax(1) == y[130:, 0]))
