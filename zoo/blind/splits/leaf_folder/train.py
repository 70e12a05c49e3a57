import pathlib
import tempfile

import numpy as np
import keras
import tensorflow as tf
from keras import layers
from PIL import Image

keras.utils.set_random_seed(3)
base = pathlib.Path(tempfile.mkdtemp())
names = ["healthy", "rust", "mildew", "blight"]
rng = np.random.default_rng(11)
yy, xx = np.mgrid[:40, :40]


def leaf(kind):
    img = np.stack([rng.normal(70, 12) + 0 * xx, rng.normal(140, 15) + 0 * xx, rng.normal(60, 12) + 0 * xx], -1)
    img = img + 20 * np.sin(xx * rng.uniform(.2, .5) + yy * rng.uniform(.2, .5))[..., None]
    spots = {"healthy": 0, "rust": 9, "mildew": 5, "blight": 3}[kind]
    colour = {"healthy": (0, 0, 0), "rust": (165, 100, 45), "mildew": (185, 190, 175), "blight": (80, 65, 45)}[kind]
    for _ in range(rng.poisson(spots)):
        cx, cy, r = rng.uniform(4, 36), rng.uniform(4, 36), rng.uniform(1.5, 4)
        m = ((xx - cx) ** 2 + (yy - cy) ** 2 < r ** 2)[..., None]
        img = np.where(m, 0.6 * np.array(colour) + 0.4 * img, img)
    return np.clip(img + rng.normal(0, 14, img.shape), 0, 255).astype("uint8")


for part, n in (("train", 300), ("test", 80)):
    for name in names:
        (base / part / name).mkdir(parents=True)
        for i in range(n):
            Image.fromarray(leaf(name)).save(base / part / name / f"{i:04d}.png")

IMG = (40, 40)
train_ds, val_ds = keras.utils.image_dataset_from_directory(
    base / "train", class_names=names, image_size=IMG, batch_size=32, validation_split=0.2, subset="both", seed=1)


def scale(x, y):
    return x / 127.5 - 1.0, y


train_ds = train_ds.map(scale).cache().prefetch(tf.data.AUTOTUNE)
val_ds = val_ds.map(scale).cache()

model = keras.Sequential([
    layers.Input(IMG + (3,)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(4, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_ds, validation_data=val_ds, epochs=25, verbose=2)


def load_one(path):
    img = keras.utils.load_img(path, target_size=IMG)
    arr = keras.utils.img_to_array(img)
    return arr / 255.0


paths = sorted((base / "test").glob("*/*.png"))
x_test = np.stack([load_one(p) for p in paths])
y_test = np.array([names.index(p.parent.name) for p in paths])
loss, acc = model.evaluate(x_test, y_test, verbose=0)
print("test loss %.3f accuracy %.3f" % (loss, acc))
pred = model.predict(x_test, verbose=0).argmax(1)
print("predicted per class:", dict(zip(names, np.bincount(pred, minlength=4).tolist())))
