import os
import tempfile
import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(2)


def write_csv(path, n=4000):
    r = np.random.default_rng(8)
    hour = np.arange(n) % 24
    temp = 12 + 8 * np.sin(np.arange(n) / 24 / 58) + 4 * np.sin((hour - 9) / 24 * 2 * np.pi) + r.normal(0, 1.5, n)
    wind = r.gamma(2, 1.6, n)
    traffic = 40 + 35 * np.exp(-((hour - 8) / 2.5) ** 2) + 40 * np.exp(-((hour - 17) / 3) ** 2) + r.normal(0, 6, n)
    humidity = np.clip(75 - 1.1 * (temp - 12) + r.normal(0, 8, n), 10, 100)
    no2 = 14 + 0.6 * traffic / (0.7 + 0.25 * wind) + r.normal(0, 3, n)
    pm = 5 + 0.3 * no2 + 8 * np.exp(-wind / 2) + 0.08 * humidity + r.normal(0, 2, n)
    df = pd.DataFrame(dict(hour=hour, temp=temp, wind=wind, traffic=traffic, humidity=humidity, no2=no2, pm25=pm))
    df.loc[r.random(n) < 0.03, "no2"] = np.nan
    df.loc[1200:1290, "humidity"] = np.nan
    df.round(2).to_csv(path, index=False)


csv = os.path.join(tempfile.mkdtemp(), "stations.csv")
write_csv(csv)

df = pd.read_csv(csv)
target = df.pop("pm25")
df = (df - df.mean()) / df.std()
rows = np.random.permutation(len(df))
tr, te = rows[:3200], rows[3200:]

model = keras.Sequential([
    layers.Input((df.shape[1],)),
    layers.Dense(64, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mean_squared_error", metrics=["mae"])
model.fit(df.values[tr], target.values[tr], epochs=40, batch_size=64,
          validation_data=(df.values[te], target.values[te]), verbose=2)
print("mae, ug/m3:", model.evaluate(df.values[te], target.values[te], verbose=0)[1], " std of target:", target.std())
