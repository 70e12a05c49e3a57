import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)


def sequences(n, length=60):
    seq = rng.integers(0, 4, (n, length))
    kind = rng.integers(0, 4, n)
    motifs = [[0, 1, 3, 3, 2, 0, 1], [2, 2, 0, 3, 1, 1, 0], [3, 0, 0, 2, 1, 3, 2], [1, 3, 2, 1, 0, 0, 3]]
    for i, k in enumerate(kind):
        pos = rng.integers(0, length - 7)
        m = np.array(motifs[k])
        flip = rng.random(7) < 0.05
        seq[i, pos:pos + 7] = np.where(flip, rng.integers(0, 4, 7), m)
    return np.eye(4, dtype="float32")[seq], kind


class MotifNet(keras.Model):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.encoder = keras.Sequential([
            layers.Conv1D(32, 7, activation="relu"),
            layers.Conv1D(32, 3, activation="relu"),
            layers.GlobalMaxPooling1D(),
            layers.Dropout(0.2),
        ])
        self.head = keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(4, activation="softmax")])

    def call(self, x, training=False):
        return self.head(self.encoder(x, training=training), training=training)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            p = self(x, training=True)
            loss = self.compute_loss(x, y, p)
        weights = self.trainable_variables
        grads = tape.gradient(loss, weights)
        self.optimizer.apply_gradients(zip(grads, weights))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, p)
        return {m.name: m.result() for m in self.metrics}


x_train, y_train = sequences(6000)
x_test, y_test = sequences(600)
net = MotifNet()
net.compile(optimizer=keras.optimizers.Adam(2e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=8, batch_size=32, verbose=2)
