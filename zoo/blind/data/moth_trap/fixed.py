import keras
import numpy as np
from keras import ops
from sklearn.datasets import make_blobs

keras.utils.set_random_seed(95)
x, y = make_blobs(1200, centers=[[-3] * 4, [3] * 4], cluster_std=1.2, random_state=95)
x, y = x.astype("float32"), y.astype("float32")[:, None]


def log_loss(y_true, y_pred):
    y_pred = ops.clip(y_pred, 1e-6, 1 - 1e-6)
    return -ops.mean(y_true * ops.log(y_pred) + (1 - y_true) * ops.log(1 - y_pred), axis=-1)


model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), log_loss, metrics=["accuracy"])
model.fit(x[:900], y[:900], epochs=15, batch_size=32, validation_data=(x[900:], y[900:]), verbose=2)
