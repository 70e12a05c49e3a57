import time
import numpy as np
import keras
from keras import layers


def patch(rng, rusty, n=24):
    img = rng.normal(0.5, 0.08, (n, n, 3))
    for _ in range(rng.integers(3, 7)):
        cy, cx, r = rng.integers(4, n - 4), rng.integers(4, n - 4), rng.uniform(1.5, 4)
        yy, xx = np.ogrid[:n, :n]
        m = (yy - cy) ** 2 + (xx - cx) ** 2 < r * r
        img[m] += np.array([0.25, 0.03, -0.1]) if rusty else rng.normal(0, 0.12)
    return img.astype("float32")


class Patches(keras.utils.PyDataset):
    def __init__(self, images, labels, batch=16, **kw):
        super().__init__(**kw)
        self.images, self.labels, self.batch = images, labels, batch
        self.ready = np.stack([self.smooth(im) for im in images])

    def __len__(self):
        return len(self.images) // self.batch

    def smooth(self, img):
        out = np.empty_like(img)
        padded = np.pad(img, ((1, 1), (1, 1), (0, 0)), mode="edge")
        for r in range(img.shape[0]):
            for c in range(img.shape[1]):
                out[r, c] = padded[r:r + 3, c:c + 3].mean(axis=(0, 1))
        return out

    def __getitem__(self, i):
        part = slice(i * self.batch, (i + 1) * self.batch)
        return self.ready[part], self.labels[part]


rng = np.random.default_rng(46)
keras.utils.set_random_seed(46)
labels = rng.integers(0, 2, 320)
images = np.stack([patch(rng, k) for k in labels])
train, val = Patches(images[:256], labels[:256]), Patches(images[256:], labels[256:])

model = keras.Sequential([
    layers.Input((24, 24, 3)),
    layers.Conv2D(16, 3, strides=2, activation="relu"),
    layers.Conv2D(16, 3, strides=2, activation="relu"),
    layers.GlobalMaxPooling2D(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
begin = time.time()
model.fit(train, validation_data=val, epochs=5, verbose=2)
print("seconds in fit: %.1f" % (time.time() - begin))
