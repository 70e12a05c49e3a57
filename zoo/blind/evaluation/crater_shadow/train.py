import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.metrics import precision_recall_fscore_support


def terrain(n, rng):
    g = np.linspace(-1, 1, 14)
    xx, yy = np.meshgrid(g, g)
    y = rng.integers(0, 2, n)
    out = np.empty((n, 14, 14, 1), "float32")
    for i in range(n):
        h = rng.normal(0, 0.2) * xx + rng.normal(0, 0.2) * yy + rng.normal(0, 0.12, xx.shape)
        cx, cy, r0 = rng.uniform(-0.4, 0.4, 2).tolist() + [rng.uniform(0.3, 0.6)]
        r = np.hypot(xx - cx, yy - cy)
        if y[i]:
            h += 0.5 * np.exp(-((r - r0) / 0.12) ** 2)
        else:
            h += 0.5 * np.exp(-(r / r0) ** 2)
        out[i, ..., 0] = h
    return out, y.astype("float32")


def convnet():
    return keras.Sequential([layers.Input((14, 14, 1)), layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D(),
                             layers.Conv2D(16, 3, activation="relu"), layers.Flatten(), layers.Dense(1)])


class EmaTrainer:
    def __init__(self, decay=0.98):
        self.net, self.ema_net = convnet(), convnet()
        self.shadow = [w.numpy() for w in self.net.weights]
        self.decay = decay
        self.opt = keras.optimizers.Adam(2e-3)
        self.bce = keras.losses.BinaryCrossentropy(from_logits=True)

    @tf.function
    def _step(self, x, y):
        with tf.GradientTape() as tape:
            loss = self.bce(y[:, None], self.net(x, training=True))
        self.opt.apply_gradients(zip(tape.gradient(loss, self.net.trainable_weights), self.net.trainable_weights))
        return loss

    def epoch(self, ds):
        values = []
        for x, y in ds:
            values.append(float(self._step(x, y)))
            for i, w in enumerate(self.net.weights):
                self.shadow[i] = self.decay * self.shadow[i] + (1 - self.decay) * w.numpy()
        return np.mean(values)

    def report(self, x, y):
        hat = (self.ema_net.predict(x, verbose=0)[:, 0] > 0).astype(int)
        p, r, f, _ = precision_recall_fscore_support(y, hat, average="macro", zero_division=0)
        return f"P {p:.3f} R {r:.3f} F {f:.3f}"


keras.utils.set_random_seed(83)
rng = np.random.default_rng(83)
x, y = terrain(1600, rng)
xv, yv = terrain(500, rng)
tr = EmaTrainer()
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1600, seed=0).batch(32)
for e in range(10):
    print(e + 1, "loss %.4f" % tr.epoch(ds), tr.report(xv, yv))
