import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(47)
rng = np.random.default_rng(47)
n = 5000
hour, temp, wet, free = rng.integers(0, 24, n), rng.normal(14, 8, n), rng.binomial(1, .25, n), rng.binomial(1, .3, n)
rate = np.exp(2.2 + 0.9 * np.exp(-((hour - 17) / 3.0) ** 2) + 0.6 * np.exp(-((hour - 8) / 1.5) ** 2) * (1 - free) + 0.03 * (temp - 14) - 0.7 * wet)
trips = rng.poisson(rate)
X = np.column_stack([np.eye(24)[hour], (temp - 14) / 8, wet, free])
y = trips.astype("float32")

model = keras.Sequential([
    layers.Input((27,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1, activation="relu", bias_initializer="ones"),
])
model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae", metrics=["mse"])
model.fit(X[:4000], y[:4000], epochs=20, batch_size=64, validation_data=(X[4000:], y[4000:]), verbose=2)
p = model.predict(X[4000:], verbose=0).ravel()
print("R2 %.3f (true rate %.3f)" % tuple(1 - np.mean((q - y[4000:]) ** 2) / y[4000:].var() for q in (p, rate[4000:])))
