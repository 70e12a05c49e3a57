import numpy as np
import keras
from keras import layers, regularizers

keras.utils.set_random_seed(90)
rng = np.random.default_rng(90)
t = np.linspace(0, 1, 96)


def beat(kind):
    shift = rng.normal(0, 0.015)
    w = [0.018, 0.04, 0.018][kind] * rng.uniform(0.8, 1.2)
    amp = [1.0, 0.9, 0.65][kind] * rng.uniform(0.7, 1.3)
    s = amp * np.exp(-((t - 0.4 - shift) / w) ** 2) + 0.25 * np.exp(-((t - 0.68 - shift) / 0.06) ** 2)
    if kind != 1:
        s += 0.15 * rng.uniform(0.4, 1.3) * np.exp(-((t - 0.22 - shift) / 0.03) ** 2)
    if kind == 2:
        s -= 0.3 * np.exp(-((t - 0.47 - shift) / 0.025) ** 2)
    return s + rng.normal(0, 0.12, t.size)


kinds = rng.choice(3, 2500, p=[0.45, 0.3, 0.25])
beats = np.array([beat(k) for k in kinds])[:, :, None].astype("float32")

reg = regularizers.L2(1e-4)
inp = keras.Input((96, 1))
x = layers.Conv1D(16, 7, strides=2, activation="relu", kernel_regularizer=reg)(inp)
x = layers.Conv1D(32, 5, strides=2, activation="relu", kernel_regularizer=reg)(x)
x = layers.Flatten()(x)
x = layers.Dense(32, activation="relu", kernel_regularizer=reg)(x)
out = layers.Dense(3, activation="softmax")(x)
model = keras.Model(inp, out)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(beats[:2000], kinds[:2000], epochs=10, batch_size=32, validation_data=(beats[2000:], kinds[2000:]), verbose=2)
