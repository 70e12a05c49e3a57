import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(41)
d = load_digits()
perm = np.random.default_rng(41).permutation(1797)
x, y = d.images[perm][..., None] / 16, d.target[perm]
first, second = y < 6, y >= 6

base = keras.Sequential([layers.Input((8, 8, 1)), layers.Conv2D(24, 3, activation="relu"), layers.Conv2D(32, 3, activation="relu"),
                         layers.Flatten(), layers.Dense(48, activation="relu")], name="base")
source = keras.Sequential([base, layers.Dense(6, activation="softmax")])
source.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
source.fit(x[first], y[first], epochs=8, batch_size=32, verbose=2, validation_split=0.15)

base.trainable = False
inp = keras.Input((8, 8, 1))
z = base(inp, training=False)
model = keras.Model(inp, layers.Dense(4, activation="softmax")(z))
model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
xs, ys = x[second], y[second] - 6
n = len(xs) * 3 // 4
model.fit(xs[:n], ys[:n], epochs=25, batch_size=16, validation_data=(xs[n:], ys[n:]), verbose=2)
