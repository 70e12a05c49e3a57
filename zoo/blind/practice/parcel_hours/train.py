import numpy as np
import keras
keras.config.set_floatx("float16")
from keras import layers

keras.utils.set_random_seed(35)
rng = np.random.default_rng(35)
n = 3000
km = rng.gamma(2.5, 160, n)
weight = rng.lognormal(0.7, 0.6, n)
border = rng.random(n) < 0.25
express = rng.random(n) < 0.3
hours = 40 + 0.42 * km * np.where(express, 0.55, 1.0) + 95 * border + 9 * np.sqrt(weight) + rng.normal(0, 22, n)
X = np.c_[km, weight, border, express]
X = ((X - X.mean(0)) / X.std(0)).astype(keras.config.floatx())
y = hours.astype(keras.config.floatx())

model = keras.Sequential([
    layers.Input((4,)),
    layers.Dense(48, activation="relu"),
    layers.Dense(24, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse", metrics=["mae"])
model.fit(X[:2400], y[:2400], epochs=25, batch_size=32, validation_data=(X[2400:], y[2400:]), verbose=2)
print("forecast", model.predict(X[2400:2404], verbose=0).ravel(), "real", y[2400:2404])
