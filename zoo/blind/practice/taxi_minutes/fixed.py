import numpy as np
import keras
from keras import layers
from sklearn.metrics import r2_score

keras.utils.set_random_seed(55)
r = np.random.RandomState(55)
N = 8000
km = r.gamma(2, 2.4, N) + 0.4
hour = r.randint(0, 24, N)
weekend = (r.rand(N) < 2 / 7).astype(float)
rain = (r.rand(N) < 0.25).astype(float)
rush = np.exp(-((hour - 8.5) / 1.8) ** 2) + np.exp(-((hour - 17.5) / 2.2) ** 2)
speed = 34 / (1 + 0.9 * rush * (1 - 0.7 * weekend) + 0.25 * rain)
minutes = 60 * km / speed + 2 + r.gamma(2, 0.9, N)
X = np.stack([km, np.sin(hour * np.pi / 12), np.cos(hour * np.pi / 12), weekend, rain], 1)
X = (X - X.mean(0)) / X.std(0)

train, test = slice(0, 6400), slice(6400, None)
m = keras.Sequential([layers.Input((5,)), layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu"),
                      layers.Dense(1)])
m.compile("adam", loss="mae")
m.fit(X[train], minutes[train], epochs=25, batch_size=32, validation_data=(X[test], minutes[test]), verbose=2)
p = m.predict(X[test], verbose=0)
print("MAE min", np.abs(p[:, 0] - minutes[test]).mean(), "R2", r2_score(minutes[test], p))
