"""Digits from a Python generator, a given number of steps an epoch."""

import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(4)
digits = load_digits()
train_x, test_x, train_y, test_y = train_test_split(
    (digits.images / 16.0).astype("float32")[..., None], digits.target, test_size=0.25, stratify=digits.target, random_state=4
)
BATCH = 32


def batches(x, y):
    order = np.random.default_rng(0).permutation(len(x))
    for start in range(0, len(x) - BATCH + 1, BATCH):
        rows = order[start : start + BATCH]
        yield x[rows], y[rows]


model = keras.Sequential(
    [
        layers.Input((8, 8, 1)),
        layers.Conv2D(24, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(
    batches(train_x, train_y), steps_per_epoch=len(train_x) // BATCH, epochs=25, validation_data=(test_x, test_y), verbose=2
)
print("accuracy on the test rows", round(model.evaluate(test_x, test_y, verbose=0)[1], 3))
