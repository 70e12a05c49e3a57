import numpy as np
import keras
from keras import ops, layers


class F1(keras.metrics.Metric):
    def __init__(self, name="f1", **kwargs):
        super().__init__(name=name, **kwargs)
        self.f1_sum = self.add_weight(shape=(), initializer="zeros", name="f1_sum")
        self.batches = self.add_weight(shape=(), initializer="zeros", name="batches")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y = ops.cast(ops.reshape(y_true, (-1,)), "float32")
        p = ops.cast(ops.reshape(y_pred, (-1,)) > 0.5, "float32")
        tp = ops.sum(y * p)
        f = 2 * tp / (ops.sum(y) + ops.sum(p) + 1e-7)
        self.f1_sum.assign_add(f)
        self.batches.assign_add(1.0)

    def result(self):
        return self.f1_sum / (self.batches + 1e-7)

    def reset_state(self):
        self.f1_sum.assign(0.0)


keras.utils.set_random_seed(33)
r = np.random.default_rng(33)
N = 4000
X = r.normal(0, 1, (N, 10))
X[:, 3] = np.abs(X[:, 3]) * (1 + 0.4 * (X[:, 0] > 0))
score = 1.2 * X[:, 0] * X[:, 1] + 1.5 * X[:, 3] - 0.8 * X[:, 5] - 1.0
Y = (score + r.normal(0, 0.5, N) > 0).astype("float32")
model = keras.Sequential([layers.Input((10,)), layers.Dense(48, activation="relu"), layers.Dense(24, activation="relu"),
                          layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=[F1()])
model.fit(X[:3200], Y[:3200], validation_data=(X[3200:], Y[3200:]), epochs=20, batch_size=64, verbose=2)
