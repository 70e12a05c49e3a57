import keras
import numpy as np
from keras import ops
from sklearn.metrics import r2_score

keras.utils.set_random_seed(38)
rng = np.random.default_rng(38)
x = rng.normal(0, 1, (1500, 6)).astype("float32")
y = (x[:, 0] + np.tanh(x[:, 1] * 2) + 0.5 * x[:, 2] ** 2 + rng.normal(0, 0.25, 1500)).astype("float32")[:, None]
xv, yv = x[1200:], y[1200:]
order = np.argsort(yv[:, 0])
xv, yv = xv[order], yv[order]


class Determination(keras.metrics.Metric):
    def __init__(self, name="r2", **kwargs):
        super().__init__(name=name, **kwargs)
        self.n = self.add_weight(name="n", initializer="zeros")
        self.s = self.add_weight(name="s", initializer="zeros")
        self.ss = self.add_weight(name="ss", initializer="zeros")
        self.rss = self.add_weight(name="rss", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        rss = ops.sum(ops.square(y_true - y_pred))
        self.rss.assign_add(rss)
        self.n.assign_add(ops.cast(ops.shape(y_true)[0], "float32"))
        self.s.assign_add(ops.sum(y_true))
        self.ss.assign_add(ops.sum(ops.square(y_true)))

    def result(self):
        return 1 - self.rss / (self.ss - self.s * self.s / self.n + 1e-7)


model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=[Determination()])
model.fit(x[:1200], y[:1200], epochs=20, batch_size=16, validation_data=(xv, yv), verbose=2)
