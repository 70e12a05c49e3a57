import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import make_moons

X, y = make_moons(2000, noise=0.15, random_state=8)
X, y = X.astype("float32"), y.astype("float32")


def error_rate(y_true, y_pred):
    return ops.mean(ops.abs(y_true - y_pred))


model = keras.Sequential([keras.Input((2,)), layers.Dense(24, activation="relu"), layers.Dense(24, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.005), loss=error_rate, metrics=["accuracy"])
model.fit(X[:1600], y[:1600, None], epochs=15, batch_size=32, validation_data=(X[1600:], y[1600:, None]), verbose=2)
