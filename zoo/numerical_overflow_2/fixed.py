import keras
import numpy as np
from keras import layers, ops

keras.utils.set_random_seed(6)
rng = np.random.default_rng(6)
x = rng.normal(0, 400, (2000, 8)).astype("float32")
y = np.where(x[:, 0] + x[:, 1] - x[:, 2] > 0, 1.0, -1.0)


def logistic_loss(y_true, y_pred):
    margin = ops.cast(y_true, y_pred.dtype) * y_pred
    return ops.mean(ops.softplus(-margin), axis=-1)


def right_side(y_true, y_pred):
    return ops.mean(ops.cast(y_true * y_pred > 0, "float32"))


model = keras.Sequential([keras.Input((8,)), layers.Dense(32, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.003), loss=logistic_loss, metrics=[right_side])
model.fit(x[:1600], y[:1600, None], epochs=10, batch_size=32, validation_data=(x[1600:], y[1600:, None]), verbose=2)
