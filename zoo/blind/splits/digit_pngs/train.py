import csv
import glob
import os
import tempfile

import numpy as np
import keras
from keras import layers
from PIL import Image
from sklearn.datasets import load_digits

keras.utils.set_random_seed(2)
out_dir = tempfile.mkdtemp(prefix="digits_")


def export():
    digits = load_digits()
    order = np.random.default_rng(2).permutation(len(digits.images))
    with open(os.path.join(out_dir, "labels.csv"), "w", newline="") as f:
        w = csv.writer(f)
        w.writerow(["file", "label"])
        for n, i in enumerate(order):
            Image.fromarray((digits.images[i] * 15.9).astype("uint8")).save(os.path.join(out_dir, f"scan_{n}.png"))
            w.writerow([f"scan_{n}.png", digits.target[i]])


def load():
    with open(os.path.join(out_dir, "labels.csv")) as f:
        rows = list(csv.DictReader(f))
    labels = np.array([int(r["label"]) for r in rows])
    files = sorted(glob.glob(os.path.join(out_dir, "scan_*.png")))
    images = np.stack([np.asarray(Image.open(p), dtype="float32") for p in files])
    return images[..., None] / 255.0, labels


if __name__ == "__main__":
    export()
    X, y = load()
    print("loaded", X.shape, y.shape)
    X_train, X_val = X[:1400], X[1400:]
    y_train, y_val = y[:1400], y[1400:]

    model = keras.Sequential([
        layers.Input((8, 8, 1)),
        layers.Conv2D(32, 3, activation="relu", padding="same"),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dropout(0.25),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=15, batch_size=32, verbose=2)
