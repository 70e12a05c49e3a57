import keras
import numpy as np

keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)
t = np.arange(48)


def series(n):
    kind = rng.integers(0, 4, n)
    period = np.array([6, 12, 18, 30])[kind][:, None]
    s = np.sin(2 * np.pi * (t + rng.uniform(0, 48, (n, 1))) / period) * rng.uniform(0.5, 2, (n, 1)) + rng.normal(0, 0.2, (n, 48))
    return (s + rng.normal(3, 1, (n, 1)))[..., None].astype("float32"), kind


def standardise(x):
    return (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + 1e-6)


x, y = series(1500)
xt, yt = series(400)
x, xt = standardise(x), standardise(xt)
model = keras.Sequential([
    keras.Input((48, 1)),
    keras.layers.Conv1D(16, 7, activation="relu"),
    keras.layers.MaxPooling1D(2),
    keras.layers.Conv1D(32, 5, activation="relu"),
    keras.layers.GlobalAveragePooling1D(),
    keras.layers.Dense(4, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, validation_data=(xt, yt), epochs=12, batch_size=32, verbose=2)
