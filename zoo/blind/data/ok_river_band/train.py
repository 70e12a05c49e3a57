import keras
import numpy as np
from keras import ops

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
x = rng.uniform(-2, 2, (4000, 2)).astype("float32")
y = (np.sin(2 * x[:, 0]) + rng.gamma(1.5, 0.2 + 0.3 * (x[:, 1] > 0)) - 0.4).astype("float32")[:, None]
Q = np.array([[0.1, 0.5, 0.9]], "float32")


def pinball(y_true, y_pred):
    e = y_true - y_pred
    return ops.mean(ops.maximum(Q * e, (Q - 1) * e), axis=-1)


class Coverage(keras.metrics.Mean):
    def update_state(self, y_true, y_pred, sample_weight=None):
        inside = (y_true[:, 0] > y_pred[:, 0]) & (y_true[:, 0] < y_pred[:, 2])
        return super().update_state(ops.cast(inside, "float32"))


model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(3)])
model.compile("adam", pinball, metrics=[Coverage(name="coverage")])
model.fit(x[:3200], y[:3200], epochs=30, batch_size=64, validation_data=(x[3200:], y[3200:]), verbose=2)
p = model.predict(x[3200:], verbose=0)
print("below each line", (y[3200:] < p).mean(0))
