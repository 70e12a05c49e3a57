import argparse
import keras
import numpy as np
import tensorflow as tf
from sklearn.metrics import f1_score, roc_auc_score


def simulate(n, rng):
    regime = rng.integers(0, 3, n)
    temp = 60 + 8 * regime + rng.normal(0, 4, n)
    vib = np.exp(rng.normal(0, 0.5, n)) * (1 + 0.3 * regime)
    flow = 100 - 6 * regime + rng.normal(0, 5, n)
    press = 0.04 * flow + rng.normal(0, 0.3, n)
    risk = 0.25 * (temp - 68) + 1.8 * (vib - 1.4) - 0.15 * (flow - 92) - 1.0
    label = (risk + rng.logistic(0, 0.8, n) > 0).astype("float32")
    return np.stack([temp, vib, flow, press, regime], 1).astype("float32"), label[:, None]


class AlarmNet(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.norm = keras.layers.Normalization()
        self.d1 = keras.layers.Dense(units, activation="relu")
        self.d2 = keras.layers.Dense(units, activation="relu")
        self.out = keras.layers.Dense(1, activation="sigmoid")
        self.tracker = keras.metrics.Mean(name="loss")
        self.acc = keras.metrics.BinaryAccuracy(name="acc")

    def call(self, x, training=False):
        return self.out(self.d2(self.d1(self.norm(x))))

    @property
    def metrics(self):
        return [self.tracker, self.acc]

    def _objective(self, y, p):
        p = p / tf.reduce_sum(p, axis=-1, keepdims=True)
        p = tf.clip_by_value(p, 1e-7, 1.0 - 1e-7)
        return -tf.reduce_mean(y * tf.math.log(p) + (1.0 - y) * tf.math.log(1.0 - p))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            p = self(x, training=True)
            loss = self._objective(y, p)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.tracker.update_state(loss)
        self.acc.update_state(y, p)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        p = self(x, training=False)
        self.tracker.update_state(self._objective(y, p))
        self.acc.update_state(y, p)
        return {m.name: m.result() for m in self.metrics}


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--rows", type=int, default=5000)
    ap.add_argument("--units", type=int, default=24)
    ap.add_argument("--epochs", type=int, default=15)
    a = ap.parse_args()
    keras.utils.set_random_seed(3)
    rng = np.random.default_rng(3)
    x, y = simulate(a.rows, rng)
    xt, yt = simulate(2000, rng)
    net = AlarmNet(a.units)
    net.norm.adapt(x)
    net.compile(optimizer=keras.optimizers.Adam(2e-3))
    net.fit(x, y, batch_size=64, epochs=a.epochs, validation_data=(xt, yt), verbose=2)
    s = net.predict(xt, verbose=0)
    print("f1", f1_score(yt, s > 0.5), "auc", roc_auc_score(yt, s))
