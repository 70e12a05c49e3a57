import numpy as np
import tensorflow as tf
import keras
from keras import layers


class Forecaster(keras.Model):
    def __init__(self, units=32):
        super().__init__()
        self.rnn = layers.GRU(units)
        self.out = layers.Dense(1)
        self.err = keras.losses.MeanSquaredError()
        self.mean_loss = keras.metrics.Mean(name="loss")

    def call(self, x):
        return self.out(self.rnn(x))

    @property
    def metrics(self):
        return [self.mean_loss]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.err(y, self(x))
        g = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.trainable_variables))
        self.mean_loss.update_state(loss)
        return {"loss": self.mean_loss.result()}

    def test_step(self, data):
        x, y = data
        y_hat = self(x)
        y_ref = tf.stop_gradient(y_hat)
        self.mean_loss.update_state(self.err(y_ref, y_hat))
        return {"loss": self.mean_loss.result()}


def series(n, rng):
    s = np.zeros(n)
    e = rng.normal(0, 0.4, n)
    for k in range(24, n):
        s[k] = 0.5 * s[k - 1] - 0.3 * s[k - 2] + 0.45 * s[k - 24] + e[k] + 0.3 * np.sin(2 * np.pi * k / 24)
    return s


keras.utils.set_random_seed(70)
rng = np.random.default_rng(70)
s = series(3000, rng)
s = ((s - s.mean()) / s.std()).astype("float32")
W = 24
X = np.lib.stride_tricks.sliding_window_view(s, W)[:-1][..., None]
y = s[W:][:, None]
cut = 2300
model = Forecaster()
model.compile(optimizer=keras.optimizers.Adam(4e-3))
hist = model.fit(X[:cut], y[:cut], validation_data=(X[cut:], y[cut:]), epochs=12, batch_size=64, verbose=2)
print("best validation loss", min(hist.history["val_loss"]))
