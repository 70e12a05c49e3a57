import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(66)
rng = np.random.default_rng(66)
K, T = 6, 32


def gesture(k):
    s = np.linspace(0, 1, T)
    a = rng.uniform(.7, 1.3)
    path = {0: (s, 0 * s), 1: (0 * s, s), 2: (np.cos(6.28 * s), np.sin(6.28 * s)), 3: (np.cos(6.28 * s), -np.sin(6.28 * s)),
            4: (s, np.abs(s - .5)), 5: (s, np.sin(12.56 * s) / 3)}[k]
    xy = a * np.stack(path, -1)
    th = rng.normal(0, .25)
    xy = xy @ np.array([[np.cos(th), -np.sin(th)], [np.sin(th), np.cos(th)]])
    return np.diff(xy, axis=0, prepend=xy[:1]) * 8 + rng.normal(0, .35, (T, 2))


y = rng.integers(0, K, 2500)
x = np.stack([gesture(k) for k in y]).astype("float32")
y = y.reshape(-1, 1)


class GestureNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = layers.Bidirectional(layers.LSTM(16))
        self.drop = layers.Dropout(0.2)
        self.head = layers.Dense(K, activation="softmax")

    def call(self, x, training=None):
        return self.head(self.drop(self.rnn(x), training=training))


net = GestureNet()
net.compile(optimizer=keras.optimizers.Adam(3e-3), loss="sparse_categorical_crossentropy", metrics=["categorical_accuracy"])
net.fit(x[:2000], y[:2000], validation_data=(x[2000:], y[2000:]), epochs=12, batch_size=64, verbose=2)
