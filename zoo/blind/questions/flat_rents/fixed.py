import numpy as np
import pandas as pd
import keras

keras.utils.set_random_seed(26)
rng = np.random.default_rng(26)
n = 1500
flats = pd.DataFrame({"area": rng.gamma(6, 12, n), "floor": rng.integers(0, 12, n), "metro_min": rng.exponential(9, n),
                      "rooms": rng.integers(1, 5, n)})
flats["rent"] = (300 + 11 * flats.area + 14 * flats.floor - 9 * flats.metro_min.clip(upper=30) + 60 * flats.rooms
                 + 0.05 * flats.area ** 2 + rng.normal(0, 60, n))
flats = flats.sample(frac=1, random_state=1).reset_index(drop=True)
X = flats.drop(columns="rent")
X = ((X - X.mean()) / X.std()).to_numpy("float32")
y = ((flats.rent - flats.rent.mean()) / flats.rent.std()).to_numpy("float32")

model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(32, activation="tanh"),
                          keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.003), "mse", metrics=["mae"])
h = model.fit(X, y, epochs=40, batch_size=32, validation_split=0.2, verbose=2)
print("last epoch", {k: round(v[-1], 3) for k, v in h.history.items()})
p = model.predict(X[-300:], verbose=0).ravel()
print("R2 of the validation rows", 1 - ((p - y[-300:]) ** 2).mean() / y[-300:].var())
