import math
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(8)


def draw(kind, rng):
    img = rng.normal(0.1, 0.05, (16, 16, 3))
    r, c = rng.integers(4, 12, 2)
    yy, xx = np.mgrid[:16, :16]
    disk = (yy - r) ** 2 + (xx - c) ** 2 < rng.integers(9, 20)
    colour = {"apple": (0.9, 0.1, 0.1), "lime": (0.2, 0.9, 0.1), "plum": (0.5, 0.1, 0.6), "lemon": (0.9, 0.9, 0.1)}[kind]
    img[disk] = colour + rng.normal(0, 0.08, 3)
    return img.astype("float32")


def folder(n, seed):
    rng = np.random.default_rng(seed)
    names = rng.choice(["apple", "lime", "plum", "lemon"], n)
    return [(draw(k, rng), k) for k in names]


class FruitSequence(keras.utils.PyDataset):
    def __init__(self, samples, batch_size=32, **kw):
        super().__init__(**kw)
        self.samples, self.batch_size = samples, batch_size
        self.index = {name: i for i, name in enumerate(dict.fromkeys(k for _, k in samples))}

    def __len__(self):
        return math.ceil(len(self.samples) / self.batch_size)

    def __getitem__(self, i):
        part = self.samples[i * self.batch_size:(i + 1) * self.batch_size]
        return np.stack([img for img, _ in part]), np.array([self.index[k] for _, k in part])


train_seq = FruitSequence(folder(800, 0))
valid_seq = FruitSequence(folder(200, 4))
model = keras.Sequential([
    layers.Input((16, 16, 3)),
    layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D(),
    layers.Conv2D(16, 3, activation="relu"), layers.GlobalMaxPooling2D(),
    layers.Dense(4, activation="softmax"),
])
model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_seq, validation_data=valid_seq, epochs=12, verbose=2)
