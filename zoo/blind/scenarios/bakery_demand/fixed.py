import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow import keras
from sklearn.metrics import r2_score, mean_absolute_error

keras.utils.set_random_seed(0)
rng = np.random.default_rng(11)

days = pd.date_range("2019-01-01", periods=1800, freq="D")
level = np.zeros(len(days))
for i in range(1, len(days)):
    level[i] = 0.9 * level[i - 1] + rng.normal(0, 5)
weekday = np.array([0, -3, -2, 1, 6, 14, 9])[days.dayofweek]
temp = 11 + 9 * np.sin(2 * np.pi * (days.dayofyear - 110) / 365) + rng.normal(0, 3, len(days))
sold = 120 + level + weekday - 0.4 * temp + rng.normal(0, 9, len(days))
frame = pd.DataFrame({"sold": sold, "temp": temp}, index=days)


def make_features(frame):
    out = pd.DataFrame(index=frame.index)
    out["lag1"] = frame["sold"].shift(1)
    out["lag7"] = frame["sold"].shift(7)
    out["smooth"] = frame["sold"].shift(1).rolling(5).mean()
    out["temp_forecast"] = frame["temp"]
    for d in range(7):
        out[f"dow_{d}"] = (frame.index.dayofweek == d).astype(float)
    out["y"] = frame["sold"]
    return out.dropna()


data = make_features(frame)
split = pd.Timestamp("2023-01-01")
train, test = data[data.index < split], data[data.index >= split]
X_train, y_train = train.drop(columns="y").to_numpy("float32"), train["y"].to_numpy("float32")
X_test, y_test = test.drop(columns="y").to_numpy("float32"), test["y"].to_numpy("float32")
y_mean, y_std = y_train.mean(), y_train.std()

norm = keras.layers.Normalization()
norm.adapt(X_train)
net = keras.Sequential([norm, keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1)])
net.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mse")
net.fit(X_train, (y_train - y_mean) / y_std, epochs=40, batch_size=32,
        validation_data=(X_test, (y_test - y_mean) / y_std), verbose=2)

pred = net.predict(X_test, verbose=0)[:, 0] * y_std + y_mean
print("R2 of next-day orders:", round(r2_score(y_test, pred), 3), " MAE:", round(mean_absolute_error(y_test, pred), 2), "loaves")
