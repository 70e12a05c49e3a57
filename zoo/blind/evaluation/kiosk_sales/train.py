import numpy as np
import pandas as pd
import keras
from sklearn.metrics import mean_absolute_error

keras.utils.set_random_seed(28)
rng = np.random.default_rng(28)
days = pd.date_range("2021-01-01", periods=1200, freq="D")
df = pd.DataFrame(index=days)
df["temp"] = 11 + 9 * np.sin(2 * np.pi * (np.arange(1200) - 110) / 365) + rng.normal(0, 3, 1200)
df["wkend"] = (df.index.dayofweek >= 5).astype(int)
df["rain"] = rng.binomial(1, 0.3, 1200)
df["event"] = rng.binomial(1, 0.06, 1200)
df["open"] = rng.binomial(1, 0.85, 1200)
df.loc["2023-12-10":, "open"] = 0
sales = 40 + 3.2 * df.temp + 35 * df.wkend - 25 * df.rain + 60 * df.event + 1.5 * df.temp * df.wkend + rng.normal(0, 12, 1200)
df["sales"] = sales.clip(lower=0) * df.open

cols = ["temp", "wkend", "rain", "event", "open"]
table = df[cols + ["sales"]].to_numpy("float32") / np.array([10, 1, 1, 1, 1, 100], "float32")
x, y = table[:, :5], table[:, 5]
model = keras.Sequential([keras.layers.Input((5,)), keras.layers.Dense(32, activation="relu"),
                          keras.layers.Dense(32, activation="relu"),
                          keras.layers.Dense(1, activation="relu", bias_initializer="ones")])
model.compile(keras.optimizers.Adam(3e-3), "mse", metrics=["mae"])
model.fit(x, y, validation_split=0.1, epochs=30, batch_size=32, verbose=2)
k = int(0.9 * len(y))
p = model.predict(x[k:], verbose=0).ravel()
print("held-out days: MAE %.2f, mean of sales %.2f, RMSE over spread %s" % (
    100 * mean_absolute_error(y[k:], p), 100 * y[k:].mean(), np.sqrt(np.mean((p - y[k:]) ** 2)) / y[k:].std()))
