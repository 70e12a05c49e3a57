import os
import tempfile

import numpy as np
import tensorflow as tf
import keras
from keras import layers
from PIL import Image, ImageDraw

keras.utils.set_random_seed(55)
rng = np.random.default_rng(55)
top = tempfile.mkdtemp()


def draw(kind):
    img = Image.fromarray(np.clip(rng.normal(rng.uniform(80, 170, 3), 18, (36, 36, 3)), 0, 255).astype("uint8"))
    d = ImageDraw.Draw(img)
    cx, cy, r = rng.uniform(13, 23), rng.uniform(13, 23), rng.uniform(7, 11)
    col = tuple(int(v) for v in rng.uniform([150, 0, 0], [255, 90, 90]))
    if kind == "circle":
        d.ellipse([cx - r, cy - r, cx + r, cy + r], fill=col)
    elif kind == "square":
        d.rectangle([cx - r, cy - r, cx + r, cy + r], fill=col)
    else:
        d.polygon([(cx, cy - r), (cx - r, cy + r), (cx + r, cy + r)], fill=col)
    a = np.asarray(img.rotate(rng.uniform(-12, 12)), "float32") + rng.normal(0, 12, (36, 36, 3))
    return Image.fromarray(np.clip(a, 0, 255).astype("uint8"))


for part, n in (("train", 260), ("test", 70)):
    for kind in ("circle", "square", "triangle"):
        os.makedirs(os.path.join(top, part, kind))
        for i in range(n):
            draw(kind).save(os.path.join(top, part, kind, f"{i}.png"))

load = lambda part, **kw: keras.utils.image_dataset_from_directory(os.path.join(top, part), image_size=(36, 36), **kw)
train_ds, val_ds = load("train", validation_split=0.2, subset="both", seed=5, batch_size=32)
test_ds = load("test", shuffle=False, batch_size=64)

model = keras.Sequential([
    layers.Input((36, 36, 3)),
    layers.Rescaling(1 / 255),
    layers.RandomTranslation(0.1, 0.1),
    layers.RandomContrast(0.2),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dropout(0.4),
    layers.Dense(32, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_ds.cache().shuffle(100).prefetch(tf.data.AUTOTUNE), validation_data=val_ds.cache(), epochs=14, verbose=2)
print("test", model.evaluate(test_ds, verbose=0))
y = np.concatenate([b for _, b in test_ds])
p = model.predict(test_ds, verbose=0).argmax(1)
print(np.array([[np.sum((y == i) & (p == j)) for j in range(3)] for i in range(3)]))
