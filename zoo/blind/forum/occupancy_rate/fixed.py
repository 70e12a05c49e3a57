import keras
import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler

keras.utils.set_random_seed(36)
rng = np.random.default_rng(36)
n = 1800
hotel = pd.DataFrame(dict(month=rng.integers(1, 13, n), weekday=rng.integers(0, 7, n), price=rng.gamma(20, 5, n),
                          events=rng.poisson(0.6, n), stars=rng.integers(2, 6, n)))
z = (0.9 * np.cos((hotel.month - 7) / 12 * 2 * np.pi) + 0.7 * (hotel.weekday >= 4) - 0.015 * (hotel.price - 100)
     + 0.5 * hotel.events + 0.25 * (hotel.stars - 3) + rng.normal(0, 0.3, n))
hotel["rate"] = 1 / (1 + np.exp(-z))

dataset = hotel.values
X = MinMaxScaler().fit_transform(dataset[:, 0:5])
Y = dataset[:, 5].astype(float)

model = keras.models.Sequential()
model.add(keras.layers.Input((5,)))
model.add(keras.layers.Dense(32, activation="relu"))
model.add(keras.layers.Dense(32, activation="relu"))
model.add(keras.layers.Dense(1, activation="sigmoid"))
model.compile(loss="mse", optimizer="adam", metrics=["mae"])
model.fit(X[:1400], Y[:1400], epochs=40, batch_size=32, validation_data=(X[1400:], Y[1400:]), verbose=2)
real = dataset[1400:, 5]
p = model.predict(X[1400:], verbose=0).ravel()
print("mean prediction %.3f, mean rate %.3f" % (p.mean(), real.mean()))
print("R2 %.3f" % (1 - ((p - real) ** 2).sum() / ((real - real.mean()) ** 2).sum()))
