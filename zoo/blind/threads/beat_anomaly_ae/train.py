import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, losses
from tensorflow.keras.models import Model

tf.keras.utils.set_random_seed(43)
rng = np.random.default_rng(43)


def beats(n, odd):
    t = np.linspace(0, 1, 100)
    out = np.empty((n, 100), "float32")
    for i in range(n):
        s = rng.normal(0, .015)
        w = np.exp(-((t - .4 - s) / .03) ** 2) * rng.uniform(.8, 1.1) - .25 * np.exp(-((t - .47 - s) / .025) ** 2)
        w += rng.uniform(.2, .3) * np.exp(-((t - .7 - s) / .07) ** 2) + .12 * np.exp(-((t - .2 - s) / .04) ** 2)
        if odd:
            w -= rng.uniform(.25, .5) * np.exp(-((t - rng.uniform(.5, .8)) / .08) ** 2)
        out[i] = w + rng.normal(0, .025, 100)
    return out


normal = beats(3000, False)
odd = beats(400, True)
lo, hi = normal[:2500].min(), normal[:2500].max()
normal, odd = (normal - lo) / (hi - lo), (odd - lo) / (hi - lo)
train, held = normal[:2500], normal[2500:]


class AnomalyDetector(Model):
    def __init__(self):
        super().__init__()
        self.encoder = tf.keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(16, activation="relu"), layers.Dense(6)])
        self.decoder = tf.keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(100, activation="sigmoid")])

    def call(self, x):
        return self.decoder(self.encoder(x))


ae = AnomalyDetector()
ae.compile(optimizer=tf.keras.optimizers.Adam(2e-3), loss="mse")
ae.fit(train, train, epochs=40, batch_size=64, validation_data=(held, held), shuffle=True, verbose=2)
err = lambda z: np.abs(ae.predict(z, verbose=0) - z).mean(1)
thr = np.quantile(err(train), .98)
print("threshold", thr, "false alarms", (err(held) > thr).mean(), "found", (err(odd) > thr).mean())
