import keras
import numpy as np
import pandas as pd
from sklearn.metrics import r2_score

keras.utils.set_random_seed(22)
rng = np.random.default_rng(22)
n = 1800
mix = pd.DataFrame({"cement": rng.uniform(100, 500, n), "water": rng.uniform(120, 240, n), "slag": rng.uniform(0, 300, n), "age": rng.choice([3, 7, 28, 90], n).astype(float)})
strength = 0.09 * mix["cement"] + 0.05 * mix["slag"] - 0.12 * mix["water"] + 7 * np.log(mix["age"]) + rng.normal(0, 2, n)
mix.loc[rng.random(n) < 0.06, "slag"] = np.nan

usable = mix.dropna()
y = strength.to_numpy()[:len(usable)]
x = usable.to_numpy()
x = (x - x.mean(0)) / x.std(0)
y_mean, y_std = y.mean(), y.std()
y = (y - y_mean) / y_std

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(x[:1300], y[:1300], epochs=30, batch_size=32, validation_data=(x[1300:], y[1300:]), verbose=2)
print("R2", r2_score(y[1300:], model.predict(x[1300:], verbose=0)))
