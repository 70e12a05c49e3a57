import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.datasets import load_digits


class TwoHeads(keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = keras.Sequential([layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu")])
        self.digit = layers.Dense(10)
        self.ink = layers.Dense(1)
        self.total = keras.metrics.Mean(name="total")
        self.acc = keras.metrics.SparseCategoricalAccuracy(name="digit_acc")
        self.mae = keras.metrics.MeanAbsoluteError(name="ink_mae")

    @property
    def metrics(self):
        return [self.total, self.acc, self.mae]

    def call(self, x, training=False):
        h = self.trunk(x)
        return self.digit(h), self.ink(h)

    def _loss(self, y, out):
        a = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y["digit"], out[0]))
        b = tf.reduce_mean(tf.square(y["ink"] - out[1]))
        self.acc.update_state(y["digit"], out[0])
        self.mae.update_state(y["ink"], out[1])
        return a + 0.5 * b

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self._loss(y, self(x, training=True))
        v = self.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, v), v))
        self.total.update_state(loss)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        self.total.update_state(self._loss(y, self(x, training=False)))
        return {m.name: m.result() for m in self.metrics}


keras.utils.set_random_seed(304)
X, y = load_digits(return_X_y=True)
X = (X / 16).astype("float32")
o = np.random.permutation(len(X))
X, y = X[o], y[o].astype("int32")
edge = X.reshape(-1, 8, 8)
ink = np.abs(np.diff(edge, axis=1)).sum((1, 2)) + edge[:, :, 4].sum(1)
ink = ((ink - ink.mean()) / ink.std()).astype("float32")[:, None]
t = {"digit": y, "ink": ink}
model = TwoHeads()
model.compile(optimizer=keras.optimizers.Adam(2e-3))
model.fit(X[:1350], {k: v[:1350] for k, v in t.items()}, validation_data=(X[1350:], {k: v[1350:] for k, v in t.items()}),
          epochs=20, batch_size=32, verbose=2)
