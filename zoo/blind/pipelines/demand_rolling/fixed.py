import numpy as np
import pandas as pd
import keras
from sklearn.metrics import mean_absolute_error, r2_score

keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)

# daily demand of a canteen: weekday pattern, weather, slow random drift, noise
days = pd.date_range("2014-01-01", periods=2400, freq="D")
drift = np.cumsum(rng.normal(0, 1.2, len(days)))
drift -= pd.Series(drift).rolling(400, min_periods=1).mean().values
weekday = np.array([20, 24, 26, 22, 10, -45, -57])[days.dayofweek]
df = pd.DataFrame({"demand": 240 + weekday + drift + rng.normal(0, 22, len(days))}, index=days)

for lag in (1, 2, 7):
    df[f"lag{lag}"] = df["demand"].shift(lag)
df["level3"] = df["demand"].shift(1).rolling(3).mean()
df["level7"] = df["demand"].shift(1).rolling(7).mean()
for d in range(7):
    df[f"dow{d}"] = (df.index.dayofweek == d).astype(float)
df = df.dropna()

split = pd.Timestamp("2019-01-01")
train, test = df[df.index < split], df[df.index >= split]
features = [c for c in df.columns if c != "demand"]
mu, sd = train[features].mean(), train[features].std()
ym, ys = train["demand"].mean(), train["demand"].std()

model = keras.Sequential([
    keras.layers.Input((len(features),)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
model.fit((train[features] - mu) / sd, (train["demand"] - ym) / ys,
          validation_data=((test[features] - mu) / sd, (test["demand"] - ym) / ys),
          epochs=20, batch_size=32, verbose=2)
pred = model.predict((test[features] - mu) / sd, verbose=0).ravel() * ys + ym
print("MAE  ", round(mean_absolute_error(test["demand"], pred), 2))
print("R2   ", round(r2_score(test["demand"], pred), 3))
print("naive", round(mean_absolute_error(test["demand"], test["lag7"]), 2))
