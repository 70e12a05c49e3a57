import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)


def vibration(kind, length=64):
    t = np.arange(length)
    f = rng.uniform(0.05, 0.09)
    s = np.sin(2 * np.pi * f * t + rng.uniform(0, 6.28))
    if kind == 1:
        s += 0.7 * np.sin(2 * np.pi * 3 * f * t + rng.uniform(0, 6.28))
    if kind == 2:
        s[rng.integers(4, length - 4, 4)] += rng.choice([-2.2, 2.2], 4)
    return s * rng.uniform(0.6, 1.6) + rng.normal(0, 0.35, length)


y = rng.integers(0, 3, 2000)
x = np.array([vibration(k) for k in y])[..., np.newaxis]

inp = keras.Input((64, 1))
h = layers.LayerNormalization(axis=1)(inp)
h = layers.Conv1D(24, 7, activation="relu", padding="same")(h)
h = layers.MaxPooling1D(2)(h)
h = layers.Conv1D(32, 5, activation="relu", padding="same")(h)
h = layers.Concatenate()([layers.GlobalAveragePooling1D()(h), layers.GlobalMaxPooling1D()(h)])
out = layers.Dense(3, activation="softmax")(h)
model = keras.Model(inp, out)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1600], y[:1600], validation_data=(x[1600:], y[1600:]), epochs=15, batch_size=32, verbose=2)
