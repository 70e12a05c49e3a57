import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
import keras

keras.utils.set_random_seed(101)
rng = np.random.RandomState(101)
n = 4000
rivers = pd.DataFrame({
    "station": rng.choice(["upper", "ford", "mill", "delta"], n),
    "flow": rng.gamma(3, 12, n),
    "water_temp": rng.normal(12, 5, n),
    "ph": rng.normal(7.4, 0.4, n),
    "conductivity": rng.normal(420, 80, n),
    "nitrate": rng.gamma(2, 1.8, n),
})
oxygen = (14.2 - 0.33 * rivers.water_temp + 0.03 * rivers.flow + 0.9 * (rivers.ph - 7.4) - 0.005 * (rivers.conductivity - 420)
          - 0.25 * rivers.nitrate + rivers.station.map({"upper": 0.8, "ford": 0.3, "mill": -0.4, "delta": -0.9}) + rng.normal(0, 0.5, n))
for col in ["flow", "water_temp", "ph", "conductivity", "nitrate"]:
    rivers.loc[rng.rand(n) < 0.006, col] = -99999.0       # logger offline
rivers["oxygen"] = oxygen

numeric = ["flow", "water_temp", "ph", "conductivity", "nitrate"]
prep = ColumnTransformer([
    ("num", Pipeline([("impute", SimpleImputer(missing_values=np.nan, strategy="median")), ("scale", StandardScaler())]), numeric),
    ("cat", OneHotEncoder(sparse_output=False), ["station"]),
])
train, test = train_test_split(rivers, test_size=0.25, random_state=0)
Xtr, Xte = prep.fit_transform(train), prep.transform(test)
m, s = train.oxygen.mean(), train.oxygen.std()

reg = keras.Sequential([keras.layers.Input((Xtr.shape[1],)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
reg.compile(optimizer="adam", loss="mse", metrics=["mae"])
reg.fit(Xtr, (train.oxygen - m) / s, validation_data=(Xte, (test.oxygen - m) / s), epochs=20, batch_size=32, verbose=2)
print("R2 %.3f" % r2_score(test.oxygen, reg.predict(Xte, verbose=0)[:, 0] * s + m))
