"""Convolutional autoencoder on small crops of photographs."""
import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_sample_images


def crops(size=16, count=1000, seed=8):
    r = np.random.default_rng(seed)
    out = []
    photos = load_sample_images().images
    for _ in range(count):
        im = photos[r.integers(len(photos))].mean(axis=2)[::2, ::2]
        a, b = r.integers(0, im.shape[0] - size), r.integers(0, im.shape[1] - size)
        out.append(im[a:a + size, b:b + size])
    return np.array(out, dtype="float32")[..., None]


keras.utils.set_random_seed(8)
data = crops()
x_train, x_test = data[:800], data[800:]

inp = keras.Input((16, 16, 1))
x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(inp)
x = layers.Conv2D(24, 3, strides=2, padding="same", activation="relu")(x)
x = layers.Conv2DTranspose(24, 3, strides=2, padding="same", activation="relu")(x)
x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(x)
decoded = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(x)
auto = keras.Model(inp, decoded)
auto.compile(optimizer="adam", loss="mse")
auto.fit(x_train, x_train, epochs=14, batch_size=32, shuffle=True, validation_data=(x_test, x_test), verbose=2)

rec = auto.predict(x_test, verbose=0)
print("reconstruction min/mean/max", rec.min(), rec.mean(), rec.max())
print("explained variance", 1 - np.mean((rec - x_test) ** 2) / np.var(x_test))
