import keras
import numpy as np
import pandas as pd
from sklearn.metrics import r2_score
from sklearn.preprocessing import MinMaxScaler

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)
days = pd.date_range("2020-01-01", periods=365 * 4, freq="D")
doy = days.dayofyear.to_numpy()
temp = 10 - 11 * np.cos(2 * np.pi * (doy - 20) / 365) + rng.normal(0, 3, len(days))
wind = rng.gamma(2.0, 2.0, len(days))
demand = 5 + 1.4 * np.clip(17 - temp, 0, None) + 0.25 * wind * (temp < 12) + rng.normal(0, 0.8, len(days))
table = pd.DataFrame({"temp": temp, "wind": wind, "weekend": (days.dayofweek > 4).astype(float), "demand": demand}, index=days)

train = table[:"2023-09-30"]
test = table["2023-10-01":]
columns = ["temp", "wind", "weekend"]
sx, sy = MinMaxScaler(), MinMaxScaler()
x_train = sx.fit_transform(train[columns])
y_train = sy.fit_transform(train[["demand"]])
x_test = MinMaxScaler().fit_transform(test[columns])

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="mse")
model.fit(x_train, y_train, epochs=40, batch_size=32, validation_split=0.1, verbose=2)
guess = sy.inverse_transform(model.predict(x_test, verbose=0))[:, 0]
print("R2 winter", r2_score(test["demand"], guess), "MAE", np.abs(test["demand"] - guess).mean())
