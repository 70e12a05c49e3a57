import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)

# hourly bike rentals of a small station
hours = pd.date_range("2022-03-01", periods=4000, freq="h")
base = 14 + 11 * np.sin((hours.hour - 8) / 24 * 2 * np.pi) + 5 * (hours.day_of_week < 5)
level = np.exp(pd.Series(rng.normal(0, 0.12, len(hours))).ewm(span=12).mean().values * 2)
rentals = pd.Series(rng.poisson(np.clip(base * level, 0.4, None)), index=hours, name="rentals").astype(float)

frame = pd.DataFrame({"log": np.log(rentals), "sin": np.sin(2 * np.pi * hours.hour / 24),
                      "cos": np.cos(2 * np.pi * hours.hour / 24), "work": (hours.day_of_week < 5).astype(float)})
values = frame.to_numpy("float32").copy()
values[:, 0] = (values[:, 0] - 2.4) / 0.8

WIN = 24
xs = np.stack([values[i:i + WIN] for i in range(len(values) - WIN)])
ys = values[WIN:, 0]
cut = int(len(xs) * .8)

model = keras.Sequential([
    layers.Input((WIN, 4)),
    layers.GRU(24),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="mse", metrics=["mae"])
hist = model.fit(xs[:cut], ys[:cut], validation_data=(xs[cut:], ys[cut:]), epochs=8, batch_size=64, verbose=2)
pred = model.predict(xs[cut:], verbose=0).ravel()
print("test RMSE (scaled log):", np.sqrt(np.mean((pred - ys[cut:]) ** 2)), "std", ys[cut:].std())
