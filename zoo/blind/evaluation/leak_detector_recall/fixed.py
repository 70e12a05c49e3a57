import numpy as np
import keras
from sklearn.linear_model import LogisticRegression


class LeakRecall(keras.metrics.Metric):
    def __init__(self, threshold=0.5, **kw):
        super().__init__(name="leak_recall", **kw)
        self.threshold = threshold
        self.found = self.add_weight(name="found", initializer="zeros")
        self.leaks = self.add_weight(name="leaks", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        flagged = keras.ops.cast(y_pred > self.threshold, "float32")
        y_true = keras.ops.cast(keras.ops.reshape(y_true, keras.ops.shape(y_pred)), "float32")
        self.found.assign_add(keras.ops.sum(flagged * y_true))
        self.leaks.assign_add(keras.ops.sum(y_true))

    def result(self):
        return self.found / keras.ops.maximum(self.leaks, 1.0)


rng = np.random.default_rng(64)
keras.utils.set_random_seed(64)
n = 6000
p_in = rng.normal(5.0, 0.4, n)
leak = rng.uniform(size=n) < 0.3
size = np.where(leak, rng.gamma(3, 0.25, n), 0)
p_out = p_in - 0.3 - 0.5 * size + rng.normal(0, 0.15, n)
flow_in = 20 + 3 * p_in + rng.normal(0, 1, n)
flow_out = flow_in - 3.5 * size + rng.normal(0, 1.0, n)
noise_db = 38 + 6 * np.sqrt(size) + rng.normal(0, 2.5, n)
X = np.stack([p_in, p_out, flow_in, flow_out, noise_db], 1)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")
y = leak.astype("float32")
x_train, y_train, x_val, y_val = X[:4800], y[:4800], X[4800:], y[4800:]
k = np.argsort(-y_val, kind="stable")
x_val, y_val = x_val[k], y_val[k]
print("logistic regression", LogisticRegression().fit(x_train, y_train).score(x_val, y_val))

net = keras.Sequential([keras.layers.Input((5,)), keras.layers.Dense(32, activation="relu"),
                        keras.layers.Dense(1, activation="sigmoid")])
net.compile(optimizer=keras.optimizers.RMSprop(2e-3), loss="binary_crossentropy", metrics=["accuracy", LeakRecall()])
net.fit(x_train, y_train, epochs=12, batch_size=64, validation_data=(x_val, y_val), verbose=2)
