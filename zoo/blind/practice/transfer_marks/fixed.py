import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(60)
rng = np.random.default_rng(60)


def mark(k, n=16):
    yy, xx = np.mgrid[:n, :n] - n / 2 + 0.5
    a = rng.uniform(-0.25, 0.25)
    u, v = xx * np.cos(a) + yy * np.sin(a) + rng.normal(0, 1), -xx * np.sin(a) + yy * np.cos(a) + rng.normal(0, 1)
    s = rng.uniform(0.85, 1.15)
    ink = [abs(u) < 1.2, abs(v) < 1.2, (abs(u) < 1.2) | (abs(v) < 1.2), abs(np.hypot(u, v) - 5 * s) < 1.2,
           abs(u - v) < 1.7, (abs(u - v) < 1.7) | (abs(u + v) < 1.7), abs(abs(u) + abs(v) - 6 * s) < 1.3,
           abs(np.maximum(abs(u), abs(v)) - 5 * s) < 1.0][k]
    return ink * 0.7 + rng.normal(0.15, 0.2, (n, n))


def collect(kinds, n):
    y = rng.integers(0, len(kinds), n)
    return np.array([mark(kinds[i]) for i in y], "float32")[..., None], y


x_old, y_old = collect([0, 1, 2, 3], 1600)
x_new, y_new = collect([4, 5, 6, 7], 800)
x_check, y_check = collect([4, 5, 6, 7], 600)

base = keras.Sequential([
    layers.Input((16, 16, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
], name="base")
first = keras.Sequential([base, layers.Dense(4, activation="softmax")])
first.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
first.fit(x_old, y_old, epochs=5, batch_size=32, verbose=2)

second = keras.Sequential([base, layers.Dense(32, activation="relu"), layers.Dense(4, activation="softmax")])
base.trainable = False
second.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
second.fit(x_new, y_new, epochs=12, batch_size=32, validation_data=(x_check, y_check), verbose=2)
