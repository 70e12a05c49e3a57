import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import make_classification


def cross_entropy(y_true, y_pred):
    y_true = ops.cast(y_true, y_pred.dtype)
    p = ops.maximum(y_pred, 1e-7)
    q = ops.maximum(1 - y_pred, 1e-7)
    return -ops.mean(y_true * ops.log(p) + (1 - y_true) * ops.log(q), axis=-1)


X, y = make_classification(3000, 12, n_informative=6, class_sep=1.5, random_state=38)
model = keras.Sequential([keras.Input((12,)), layers.Dense(32, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss=cross_entropy, metrics=["accuracy"])
model.fit(X[:2400], y[:2400, None], epochs=10, batch_size=32, validation_data=(X[2400:], y[2400:, None]), verbose=2)
