import numpy as np
import tensorflow as tf
from tensorflow import keras

rng = np.random.default_rng(27)
x = np.sort(rng.uniform(-1, 1, 3000))[:, None]
std = 0.02 + 0.1 * (x > 0)
y = 0.5 * np.sin(4 * x) + std * rng.normal(size=x.shape)
perm = rng.permutation(3000)
x, y, std = x[perm].astype("float32"), y[perm].astype("float32"), std[perm]


class MeanVariance(keras.Model):
    def __init__(self):
        super().__init__()
        self.body = keras.Sequential([keras.layers.Dense(48, activation="tanh"), keras.layers.Dense(48, activation="tanh")])
        self.head = keras.layers.Dense(2)

    def call(self, x):
        return self.head(self.body(x))


def nll(y_true, out):
    mu, log_sigma = out[:, :1], tf.clip_by_value(out[:, 1:], -6.0, 3.0)
    return tf.reduce_mean(log_sigma + 0.5 * tf.square((y_true - mu) * tf.exp(-log_sigma)))


m = MeanVariance()
m.compile(optimizer=keras.optimizers.Adam(5e-3), loss=nll)
m.fit(x[:2400], y[:2400], validation_data=(x[2400:], y[2400:]), epochs=40, batch_size=64, verbose=2)
out = m.predict(x[2400:], verbose=0)
left = x[2400:, 0] < 0
print("predicted sigma left/right", np.exp(out[left, 1]).mean(), np.exp(out[~left, 1]).mean())
