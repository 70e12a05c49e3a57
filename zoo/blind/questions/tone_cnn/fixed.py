import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(81)
rng = np.random.default_rng(81)
n = 1600
t = np.linspace(0, 1, 64)
label = rng.integers(0, 3, n)
freq = np.array([4, 5.5, 7])[label] + rng.normal(0, 0.25, n)
waves = np.sin(2 * np.pi * (freq[:, None] * t + rng.random((n, 1)))) + rng.normal(0, 1.1, (n, 64))
X = waves[..., None].astype("float32")

model = keras.Sequential([
    layers.Input((64, 1)),
    layers.Conv1D(24, 7, activation="tanh"),
    layers.MaxPooling1D(2),
    layers.Conv1D(24, 7, activation="tanh"),
    layers.MaxPooling1D(2),
    layers.Flatten(),
    layers.Dense(32, activation="tanh"),
    layers.Dense(3, activation="softmax"),
])
opt = keras.optimizers.SGD(learning_rate=0.005, momentum=0.8)
model.compile(opt, "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1200], label[:1200], epochs=20, batch_size=16, validation_data=(X[1200:], label[1200:]), verbose=2)
