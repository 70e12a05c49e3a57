import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(88)
rng = np.random.default_rng(88)
# vibration of bearings, four states
N, T = 1800, 128
state = rng.integers(0, 4, N)
time = np.arange(T) / 64
sig = np.empty((N, T), "float32")
for i in range(N):
    s = .6 * np.sin(2 * np.pi * rng.uniform(3, 4) * time + rng.uniform(0, 6.28))
    if state[i] == 1:
        s += .7 * np.sin(2 * np.pi * rng.uniform(14, 17) * time + rng.uniform(0, 6.28))
    elif state[i] == 2:
        s += 1.4 * (rng.random(T) < .06)
    elif state[i] == 3:
        s *= 1 + .8 * np.sin(2 * np.pi * 1.0 * time + rng.uniform(0, 6.28))
        s += rng.normal(0, .25, T)
    sig[i] = s + rng.normal(0, .3, T)
sig = sig[..., None]


def block(h, filters):
    r = layers.Conv1D(filters, 3, padding="same", activation="relu")(h)
    return layers.Conv1D(filters, 3, padding="same", activation="relu")(r)


inp = keras.Input((T, 1))
h = layers.Conv1D(16, 5, strides=2, padding="same", activation="relu")(inp)
for _ in range(5):
    h = block(h, 16)
h = layers.GlobalAveragePooling1D()(h)
model = keras.Model(inp, layers.Dense(4)(h))
opt = keras.optimizers.Adam(1e-3)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


class Trainer(keras.Model):
    def __init__(self, net):
        super().__init__()
        self.net = net
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.acc = keras.metrics.SparseCategoricalAccuracy(name="acc")

    @property
    def metrics(self):
        return [self.loss_tracker, self.acc]

    def call(self, x, training=False):
        return self.net(x, training=training)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            logits = self(x, training=True)
            loss = ce(y, logits)
        g = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        self.acc.update_state(y, logits)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        logits = self(x, training=False)
        self.loss_tracker.update_state(ce(y, logits))
        self.acc.update_state(y, logits)
        return {m.name: m.result() for m in self.metrics}


t = Trainer(model)
t.compile(optimizer=opt)
t.fit(sig[:1500], state[:1500], validation_data=(sig[1500:], state[1500:]), epochs=15, batch_size=32, verbose=2)
