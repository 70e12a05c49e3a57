import keras
import numpy as np
from keras import ops

keras.utils.set_random_seed(36)
rng = np.random.default_rng(36)
hour = rng.uniform(0, 24, 3000)
wind = rng.normal(0, 1, 3000)
holiday = (rng.random(3000) < 0.2).astype(float)
x = np.c_[np.sin(hour / 24 * 2 * np.pi), np.cos(hour / 24 * 2 * np.pi), wind, holiday].astype("float32")
y = (x[:, 0] * (1 + holiday) - 0.4 * np.abs(wind) + rng.normal(0, 0.1, 3000)).astype("float32")[:, None]


def squared_error(y_true, y_pred):
    return ops.sum(ops.square(y_true - y_pred))


model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.9), loss=squared_error, metrics=["mae"])
model.fit(x[:2500], y[:2500], batch_size=256, epochs=25, validation_data=(x[2500:], y[2500:]), verbose=2)
