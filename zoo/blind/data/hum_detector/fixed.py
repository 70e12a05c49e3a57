import keras
import numpy as np

keras.utils.set_random_seed(28)
rng = np.random.default_rng(28)
N = 128


def clips(n):
    kind = rng.integers(0, 3, n)
    t = np.arange(N)
    f = np.array([9, 15, 22])[kind][:, None]
    wave = np.sin(2 * np.pi * (f * t / N + rng.random((n, 1)))) * 0.7 + rng.normal(0, 1.0, (n, N))
    return wave, kind


def spectrum(wave):
    f = np.fft.rfft(wave, axis=1)[:, 1:49]
    return (np.abs(f) / 16).astype("float32")


wave, y = clips(2000)
x = spectrum(wave)
model = keras.Sequential([keras.Input((48,)), keras.layers.Dense(32, activation="relu", kernel_regularizer="l2"), keras.layers.Dense(3, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1500], y[:1500], epochs=20, validation_data=(x[1500:], y[1500:]), verbose=2)
