import math
import numpy as np
import keras
from keras import layers


class WindowSequence(keras.utils.PyDataset):
    """windows of a three axis accelerometer and the activity of each"""

    def __init__(self, x, y, batch_size=32, shuffle=True, **kw):
        super().__init__(**kw)
        self.x, self.y = x, y
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.index = np.arange(len(x))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.x) / self.batch_size)

    def __getitem__(self, i):
        sl = slice(i * self.batch_size, (i + 1) * self.batch_size)
        return self.x[self.index[sl]], self.y[self.index[sl]]

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.index)


def simulate(n, T=64, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 4, n)
    t = np.arange(T) / 32.0
    freq = np.array([0.25, 1.6, 2.4, 1.9])[y] * rng.normal(1, 0.12, n)
    amp = np.array([0.1, 0.8, 1.3, 0.7])[y] * rng.normal(1, 0.2, n)
    ph = rng.uniform(0, 6.28, n)
    base = amp[:, None] * np.sin(2 * np.pi * freq[:, None] * t + ph[:, None])
    x = np.stack([base, 0.6 * np.roll(base, 4, 1) * np.where(y == 3, -1, 1)[:, None], 0.3 * base ** 2], -1)
    return (x + rng.normal(0, 0.35, x.shape)).astype("float32"), y


if __name__ == "__main__":
    keras.utils.set_random_seed(8)
    x, y = simulate(3000)
    train = WindowSequence(x[:2400], y[:2400])
    val = WindowSequence(x[2400:], y[2400:], shuffle=False)

    inp = layers.Input((64, 3))
    h = layers.Conv1D(24, 5, activation="relu")(inp)
    h = layers.MaxPooling1D(2)(h)
    h = layers.Conv1D(32, 5, activation="relu")(h)
    h = layers.GlobalMaxPooling1D()(h)
    h = layers.Dense(32, activation="relu")(h)
    model = keras.Model(inp, layers.Dense(4, activation="softmax")(h))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(train, validation_data=val, epochs=10, verbose=2)
