import numpy as np
import pandas as pd
import keras

keras.utils.set_random_seed(37)
rng = np.random.default_rng(37)
n = 5000
wind = rng.weibull(2.1, n) * 8.5
direction = rng.uniform(0, 360, n)
air = rng.normal(1.22, 0.04, n)
gust = wind * rng.uniform(1.0, 1.5, n)
power = 1 / (1 + np.exp(-(wind * (1 + 0.05 * np.cos(np.deg2rad(direction))) - 8.2) * 0.85)) * air / 1.22
power = np.where(wind > 22, 0, power) + rng.normal(0, 0.03, n)
df = pd.DataFrame(dict(wind=wind, sin=np.sin(np.deg2rad(direction)), cos=np.cos(np.deg2rad(direction)), air=air, gust=gust))
X = ((df - df.mean()) / df.std()).values
y = power

settings = {"lr": 1e-2, "epochs": 30, "batch": 64}

model = keras.Sequential([
    keras.layers.Input((5,)),
    keras.layers.Dense(64, activation="tanh"),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(settings["lr"], momentum=0.9), loss="mse", metrics=["mae"])
model.fit(X[:4000], y[:4000], epochs=settings["epochs"], batch_size=settings["batch"],
          validation_data=(X[4000:], y[4000:]), verbose=2)
print("spread of the target: std", y.std())
