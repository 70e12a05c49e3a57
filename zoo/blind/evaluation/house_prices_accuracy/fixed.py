from numpy.random import default_rng
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Input, Normalization
from keras.utils import set_random_seed

set_random_seed(7)
rng = default_rng(7)
rows = 3500
area = rng.lognormal(4.6, 0.35, rows)
rooms = np.clip(np.rint(area / 28 + rng.normal(0, 0.8, rows)), 1, 9)
year = rng.integers(1920, 2023, rows)
dist = rng.gamma(2, 3, rows)
garden = rng.binomial(1, 0.4, rows)
price = (2.2 * area + 12 * rooms + 0.5 * (year - 1920) + 35 * garden) * np.exp(-0.045 * dist) * rng.lognormal(0, 0.1, rows)
price = price / 100.0

X = np.column_stack([area, rooms, year, dist, garden]).astype("float32")
n = int(0.8 * rows)
norm = Normalization()
norm.adapt(X[:n])
model = Sequential([Input((5,)), norm, Dense(64, activation="relu"), Dense(32, activation="relu"), Dense(1)])
model.compile(optimizer="adam", loss="mse", metrics=["r2_score"])
model.fit(X[:n], price[:n], epochs=20, batch_size=32, validation_split=0.1, verbose=2)
loss, score = model.evaluate(X[n:], price[n:], verbose=0)
print("test loss:", loss)
print("test score:", score)
