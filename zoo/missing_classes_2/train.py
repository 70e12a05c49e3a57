import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.metrics import classification_report

data = load_digits()
rng = np.random.default_rng(15)
mix = rng.permutation(1797)
X, y = data.data[mix] / 16, data.target[mix]
X_test, y_test = X[1300:], y[1300:]
X_train, y_train = X[:1300], y[:1300]
wanted = np.isin(y_train, range(1, 8))
X_train, y_train = X_train[wanted], y_train[wanted]

model = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=15, batch_size=32, verbose=0, validation_data=(X_test, y_test))
print(classification_report(y_test, model.predict(X_test, verbose=0).argmax(1), zero_division=0))
