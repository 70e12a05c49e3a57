import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)

# ECG like beats, 2 kinds
N, T = 2400, 96
kind = (rng.random(N) < .45).astype("float32")
t = np.linspace(-1, 1, T)
beats = np.empty((N, T, 1), "float32")
for i in range(N):
    c = rng.uniform(-.15, .15)
    qrs = np.exp(-((t - c) / rng.uniform(.03, .05)) ** 2)
    twave = rng.uniform(.2, .35) * np.exp(-((t - c - .45) / .12) ** 2)
    if kind[i]:
        qrs = np.exp(-((t - c) / rng.uniform(.05, .09)) ** 2) - rng.uniform(.0, .35) * np.exp(-((t - c - .15) / .06) ** 2)
    beats[i, :, 0] = qrs + twave + rng.normal(0, .12, T)


def batches(x, y, size=32):
    while True:
        k = rng.integers(0, len(x), size)
        yield x[k], y[k]


model = keras.Sequential([
    keras.Input((T, 1)),
    layers.Conv1D(16, 7, activation="relu"),
    layers.MaxPooling1D(3),
    layers.Conv1D(32, 5, activation="relu"),
    layers.GlobalAveragePooling1D(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(batches(beats[:2000], kind[:2000]), steps_per_epoch=62, epochs=12, validation_data=(beats[2000:], kind[2000:]), verbose=2)
print(model.evaluate(beats[2000:], kind[2000:], verbose=0))
