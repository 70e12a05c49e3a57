import numpy as np
import tensorflow as tf
from sklearn.metrics import balanced_accuracy_score


def weather(days=5000, seed=3):
    r = np.random.default_rng(seed)
    state = np.zeros(days)
    for d in range(1, days):
        state[d] = 0.8 * state[d - 1] + r.normal(0, 0.6)
    season = np.sin(2 * np.pi * np.arange(days) / 365)
    pressure = 1013 - 8 * state + r.normal(0, 2.0, days)
    humidity = 70 + 12 * state + 5 * season + r.normal(0, 5, days)
    wind = np.abs(4 + 2 * state + r.normal(0, 1.5, days))
    cloud = np.clip(4 + 2.4 * state + r.normal(0, 1.2, days), 0, 8)
    rain = (state + 0.3 * season + r.normal(0, 0.25, days) > 0.35).astype("float32")
    feats = np.stack([pressure, humidity, wind, cloud, season, np.gradient(pressure)], 1)[:-1]
    return ((feats - feats[:4000].mean(0)) / feats[:4000].std(0)).astype("float32"), rain[1:]


class RainNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.d1 = tf.keras.layers.Dense(32, activation="relu")
        self.d2 = tf.keras.layers.Dense(16, activation="relu")
        self.d3 = tf.keras.layers.Dense(1, activation="sigmoid")
        self.loss_mean = tf.keras.metrics.Mean(name="loss")
        self.acc = tf.keras.metrics.BinaryAccuracy(name="acc")

    @property
    def metrics(self):
        return [self.loss_mean, self.acc]

    def call(self, x):
        return self.d3(self.d2(self.d1(x)))

    def nll(self, y, p):
        p = tf.clip_by_value(p, 1e-6, 1 - 1e-6)
        return -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            p = self(x, training=True)[:, 0]
            loss = self.nll(y, p)
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_weights), self.trainable_weights))
        self.loss_mean.update_state(loss)
        self.acc.update_state(y, p)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        p = self(x, training=False)[:, 0]
        self.loss_mean.update_state(self.nll(y, p))
        self.acc.update_state(y, p)
        return {m.name: m.result() for m in self.metrics}


tf.keras.utils.set_random_seed(3)
X, y = weather()
net = RainNet()
net.compile(optimizer=tf.keras.optimizers.Adam(1e-3))
net.fit(X[:4000], y[:4000], batch_size=32, epochs=12, validation_data=(X[4000:], y[4000:]), verbose=2)
p = net.predict(X[4000:], verbose=0)[:, 0]
print("rainy days %.2f, forecast rainy %.2f, balanced accuracy %.3f"
      % (y[4000:].mean(), (p > .5).mean(), balanced_accuracy_score(y[4000:] > .5, p > .5)))
