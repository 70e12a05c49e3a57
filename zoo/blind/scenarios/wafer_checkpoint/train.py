import os
import tempfile
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(52)
rng = np.random.default_rng(52)
yy, xx = np.mgrid[-1:1:26j, -1:1:26j]
rad, ang = np.hypot(xx, yy), np.arctan2(yy, xx)


def wafer(kind):
    p = np.full((26, 26), 0.12)
    if kind == "center":
        p += 0.45 * (rad < rng.uniform(0.2, 0.4))
    elif kind == "ring":
        p += 0.4 * (np.abs(rad - rng.uniform(0.75, 0.95)) < 0.1)
    elif kind == "scratch":
        t = rng.uniform(0, np.pi)
        p += 0.5 * (np.abs(xx * np.cos(t) + yy * np.sin(t) - rng.uniform(-0.5, 0.5)) < 0.06)
    elif kind == "sector":
        t = rng.uniform(-2.4, 2.4)
        p += 0.35 * (np.abs(ang - t) < 0.35) * (rad > 0.4)
    return (rng.random((26, 26)) < p) * (rad < 1)


kinds = ["none", "center", "ring", "scratch", "sector"]
y = rng.integers(0, 5, 2600)
x = np.stack([wafer(kinds[k]) for k in y]).astype("float32")[..., None]
path = os.path.join(tempfile.mkdtemp(), "wafers.npz")
np.savez_compressed(path, maps=x, kind=y)

z = np.load(path)
maps, kind = z["maps"], z["kind"]
tr, va, te = np.split(rng.permutation(len(kind)), [1700, 2150])
net = keras.Sequential([
    layers.Input((26, 26, 1)),
    layers.Conv2D(12, 5, activation="relu"), layers.MaxPooling2D(),
    layers.Conv2D(24, 3, activation="relu"), layers.MaxPooling2D(),
    layers.Flatten(), layers.Dropout(0.3),
    layers.Dense(5, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
best = path.replace(".npz", ".weights.h5")
keep = keras.callbacks.ModelCheckpoint(best, monitor="val_accuracy", mode="min", save_best_only=True, save_weights_only=True)
net.fit(maps[tr], kind[tr], validation_data=(maps[va], kind[va]), epochs=12, batch_size=32, callbacks=[keep], verbose=2)

net.load_weights(best)
print("test loss %.3f accuracy %.3f" % tuple(net.evaluate(maps[te], kind[te], verbose=0)))
