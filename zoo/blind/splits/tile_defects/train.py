import os
import tempfile

import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(13)


def make_tiles(path, n=1800, size=28):
    rng = np.random.default_rng(13)
    yy, xx = np.mgrid[:size, :size]
    imgs, labs = [], []
    for _ in range(n):
        img = rng.normal(120, 10) + rng.normal(0, 12, (size, size)) + 12 * np.sin(xx / rng.uniform(2, 5))
        kind = rng.integers(0, 3)
        if kind == 1:
            a, b = rng.uniform(-1, 1), rng.uniform(8, 20)
            img = img - 45 * (np.abs(yy - b - a * (xx - 14)) < 1.2)
        elif kind == 2:
            cx, cy, r = rng.uniform(6, 22), rng.uniform(6, 22), rng.uniform(2, 4.5)
            img = img - 40 * ((xx - cx) ** 2 + (yy - cy) ** 2 < r * r)
        imgs.append(np.clip(img, 0, 250))
        labs.append(kind)
    np.savez_compressed(path, images=np.array(imgs).astype("uint8"), labels=np.array(labs))


npz = os.path.join(tempfile.gettempdir(), "tiles_%d.npz" % os.getpid())
make_tiles(npz)
with np.load(npz) as data:
    images, labels = data["images"], data["labels"]
os.remove(npz)

images = images // 255
images = images[..., np.newaxis].astype("float32")
onehot = keras.utils.to_categorical(labels, 3)

model = keras.Sequential()
model.add(layers.Input(shape=(28, 28, 1)))
model.add(layers.Conv2D(16, (3, 3), activation="relu"))
model.add(layers.MaxPooling2D())
model.add(layers.Conv2D(32, (3, 3), activation="relu"))
model.add(layers.MaxPooling2D())
model.add(layers.Conv2D(32, (3, 3), activation="relu"))
model.add(layers.GlobalMaxPooling2D())
model.add(layers.Dense(3, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(0.003), metrics=["accuracy"])
model.fit(images[:1400], onehot[:1400], batch_size=32, epochs=14, validation_data=(images[1400:], onehot[1400:]), verbose=2)
