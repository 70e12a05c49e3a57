import numpy as np
import pandas as pd
import keras
from keras import layers

rng = np.random.default_rng(10)
n = 3000
houses = pd.DataFrame({"area": rng.uniform(40, 240, n), "floor": rng.integers(0, 12, n)})
houses["price"] = 900 * houses.area + 6 * houses.area ** 2 * np.sin(houses.area / 30) + 3000 * houses.floor + rng.normal(0, 8000, n)
houses = houses.sort_values("area")
X = houses[["area", "floor"]].to_numpy()
y = houses["price"].to_numpy()
cut = 1900
mu, sd = X[:cut].mean(0), X[:cut].std(0)
ym, ys = y[:cut].mean(), y[:cut].std()
X, y = (X - mu) / sd, (y - ym) / ys

model = keras.Sequential([keras.Input((2,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.003), "mse", metrics=[keras.metrics.R2Score()])
model.fit(X[:cut], y[:cut, None], epochs=25, batch_size=32, verbose=2, validation_data=(X[cut:], y[cut:, None]))
