import math
import numpy as np
import keras
from keras import layers
from sklearn.metrics import confusion_matrix

rng = np.random.default_rng(103)
keras.utils.set_random_seed(103)
SHAPES = ["circle", "square", "triangle", "diamond"]


def sign(kind, S=20):
    yy, xx = np.mgrid[:S, :S] - (S - 1) / 2 - rng.uniform(-2, 2, 2)[:, None, None]
    r = rng.uniform(4.5, 7)
    if kind == 0:
        m = np.hypot(xx, yy) < r
    elif kind == 1:
        m = np.maximum(abs(xx), abs(yy)) < r * .9
    elif kind == 2:
        m = (yy < r * .8) & (yy > -r + 2 * abs(xx) * .9 - .2 * r)
    else:
        m = abs(xx) + abs(yy) < r * 1.15
    return (m * rng.uniform(.4, .9) + rng.uniform(0, .3) + rng.normal(0, .2, (S, S)))[..., None]


def folder(n_each):
    return {k: np.stack([sign(k) for _ in range(n_each)]).astype("float32") for k in range(4)}


class Folder(keras.utils.PyDataset):
    def __init__(self, data, batch=32, shuffle=True, **kw):
        super().__init__(**kw)
        self.x = np.concatenate([data[k] for k in data])
        self.classes = np.concatenate([np.full(len(data[k]), k) for k in data])
        self.batch, self.shuffle = batch, shuffle
        self.order = np.arange(len(self.x))
        self.on_epoch_end()

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.order)

    def __len__(self):
        return math.ceil(len(self.x) / self.batch)

    def __getitem__(self, i):
        o = self.order[i * self.batch:(i + 1) * self.batch]
        return self.x[o], self.classes[o]


train, test = Folder(folder(450)), Folder(folder(120), shuffle=False)
model = keras.Sequential([
    layers.Input((20, 20, 1)),
    layers.Conv2D(12, 3, activation="relu"), layers.MaxPooling2D(),
    layers.Conv2D(24, 3, activation="relu"), layers.MaxPooling2D(),
    layers.Flatten(), layers.Dense(32, activation="relu"), layers.Dense(4, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=test, epochs=8, verbose=2)

pred = model.predict(test, verbose=0).argmax(axis=1)
cm = confusion_matrix(test.classes, pred)
print(cm)
print("accuracy per class:", dict(zip(SHAPES, (cm.diagonal() / cm.sum(1)).round(3).tolist())))
