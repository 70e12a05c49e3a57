import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_regression

X, y = make_regression(2000, 20, noise=2.0, random_state=27)
y = (y - y.mean()) / y.std()
keras.utils.set_random_seed(27)


def dense(units, **kw):
    return layers.Dense(units, kernel_initializer=keras.initializers.RandomNormal(0.0, 3.0), **kw)


model = keras.Sequential([keras.Input((20,)), dense(64, activation="relu"), dense(64, activation="relu"), dense(64, activation="relu"), dense(1)])
model.compile(keras.optimizers.Adam(0.001), "mse", metrics=[keras.metrics.R2Score()])
model.fit(X[:1600], y[:1600, None], epochs=20, batch_size=32, validation_data=(X[1600:], y[1600:, None]), verbose=2)
