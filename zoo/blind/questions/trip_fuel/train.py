# fuel per trip, the second file holds the trips of the delivery vans in town
import numpy as np
import pandas as pd
import keras
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(86)
rng = np.random.default_rng(86)


def trips(n, town):
    speed = rng.normal(35, 6, n) if town else rng.uniform(15, 120, n)
    load = rng.uniform(0, 300, n) if town else rng.uniform(0, 900, n)
    stops = rng.poisson(6 if town else 3, n)
    litres = 5 + 0.0006 * (speed - 60) ** 2 + 0.004 * load + 0.35 * stops + rng.normal(0, 0.15, n)
    return pd.DataFrame({"speed": speed, "load": load, "stops": stops, "litres": litres})


fleet, vans = trips(2000, False), trips(400, True)
scaler = StandardScaler()
X_train = scaler.fit_transform(fleet[["speed", "load", "stops"]])
X_test = scaler.fit_transform(vans[["speed", "load", "stops"]])
y_train, y_test = fleet.litres.to_numpy(), vans.litres.to_numpy()

model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(32, activation="relu"),
                          keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.005), "mse", metrics=["mae"])
model.fit(X_train, y_train, epochs=20, batch_size=32, validation_data=(X_test, y_test), verbose=2)
p = model.predict(X_test, verbose=0)[:, 0]
print("R2 vans", 1 - ((p - y_test) ** 2).mean() / y_test.var())
