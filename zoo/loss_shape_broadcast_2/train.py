import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(45)
X = rng.uniform(-1, 1, (2000, 6)).astype("float32")
y = (2 * X[:, 0] - X[:, 1] + np.sin(3 * X[:, 2])).astype("float32")


class Regressor(keras.Model):
    def __init__(self):
        super().__init__()
        self.net = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1)])

    def call(self, x):
        return self.net(x)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return keras.ops.mean(keras.ops.abs(y - y_pred))


m = Regressor()
m.compile(optimizer="adam")
m.fit(X[:1600], y[:1600], epochs=20, batch_size=32, verbose=2)
p = m.predict(X[1600:], verbose=0)[:, 0]
print("correlation", np.corrcoef(p, y[1600:])[0, 1], "mae", np.abs(p - y[1600:]).mean(), "baseline", np.abs(y - np.median(y)).mean())
