import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import make_circles
from sklearn.metrics import f1_score

X, y = make_circles(n_samples=(2400, 600), noise=0.08, factor=0.5, random_state=13)
order = np.random.default_rng(13).permutation(len(X))
X, y = X[order].astype("float32"), y[order].astype("float32")


class Focal(keras.losses.Loss):
    def __init__(self, gamma=2.0, name="focal"):
        super().__init__(name=name)
        self.gamma = gamma

    def call(self, y_true, y_pred):
        y_true = ops.cast(y_true, y_pred.dtype)
        p = ops.clip(y_pred, 1e-6, 1 - 1e-6)
        pt = y_true * p + (1 - y_true) * (1 - p)
        return -ops.mean(ops.power(1 - pt, self.gamma) * ops.log(pt), axis=-1)


class F1(keras.metrics.Metric):
    def __init__(self, name="f1"):
        super().__init__(name=name)
        self.tp = self.add_weight(name="tp", initializer="zeros")
        self.fp = self.add_weight(name="fp", initializer="zeros")
        self.fn = self.add_weight(name="fn", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        t = ops.reshape(ops.cast(y_true, "float32"), (-1,))
        p = ops.reshape(ops.cast(y_pred > 0.5, "float32"), (-1,))
        self.tp.assign_add(ops.sum(t * p))
        self.fp.assign_add(ops.sum((1 - t) * p))
        self.fn.assign_add(ops.sum(t * (1 - p)))

    def result(self):
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn + 1e-7)


model = keras.Sequential([keras.Input((2,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"),
                          layers.Dense(1, activation="sigmoid")])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss=Focal(), metrics=[F1()])
model.fit(X[:2400], y[:2400, None], epochs=15, batch_size=64, validation_data=(X[2400:], y[2400:, None]), verbose=2)
print("sklearn f1", f1_score(y[2400:], model.predict(X[2400:], verbose=0)[:, 0] > 0.5))
