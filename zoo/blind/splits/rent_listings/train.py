import os
import tempfile

import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(7)
folder = tempfile.mkdtemp()

rng = np.random.default_rng(7)
cities = {"Graz": 14.0, "Wien": 18.5, "Linz": 12.5, "Salzburg": 17.0, "Innsbruck": 19.5, "Villach": 9.5,
          "Wels": 10.5, "Bregenz": 16.0}
kinds = {"flat": 1.0, "studio": 1.25, "house": 0.9, "room": 1.4, "loft": 1.15}


def listings(n):
    city = rng.choice(list(cities), n, p=[.2, .3, .1, .1, .1, .06, .06, .08])
    kind = rng.choice(list(kinds), n, p=[.5, .15, .15, .12, .08])
    area = np.clip(rng.gamma(6, 11, n), 14, 220).round()
    year = rng.integers(1900, 2024, n)
    base = np.array([cities[c] for c in city]) * np.array([kinds[k] for k in kind])
    rent = base * area ** 0.93 * (0.9 + (year - 1900) / 600) * rng.lognormal(0, 0.1, n)
    return pd.DataFrame({"city": city, "kind": kind, "area": area, "year": year, "rent": rent.round()})


listings(4000).to_csv(os.path.join(folder, "train.csv"), index=False)
listings(1000).to_csv(os.path.join(folder, "test.csv"), index=False)


train = pd.read_csv(os.path.join(folder, "train.csv"))
test = pd.read_csv(os.path.join(folder, "test.csv"))
for col in ["city", "kind"]:
    train[col], levels = pd.factorize(train[col])
    test[col], levels = pd.factorize(test[col])

num_mean, num_std = train[["area", "year"]].mean(), train[["area", "year"]].std()


def to_inputs(df):
    return {
        "city": df["city"].to_numpy("int32"),
        "kind": df["kind"].to_numpy("int32"),
        "num": ((df[["area", "year"]] - num_mean) / num_std).to_numpy("float32"),
    }


city_in = keras.Input((), name="city", dtype="int32")
kind_in = keras.Input((), name="kind", dtype="int32")
num_in = keras.Input((2,), name="num")
h = layers.Concatenate()([layers.Embedding(8, 4)(city_in), layers.Embedding(5, 3)(kind_in), num_in])
h = layers.Dense(64, activation="relu")(h)
h = layers.Dense(32, activation="relu")(h)
out = layers.Dense(1)(h)
model = keras.Model({"city": city_in, "kind": kind_in, "num": num_in}, out)
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="mse", metrics=["mae"])

y_train = train["rent"].to_numpy("float32") / 1000
y_test = test["rent"].to_numpy("float32") / 1000
model.fit(to_inputs(train), y_train, validation_split=0.15, epochs=25, batch_size=32, verbose=2)

pred = model.predict(to_inputs(test), verbose=0)[:, 0]
print("test MAE in euro: %.0f" % (1000 * np.abs(pred - y_test).mean()))
print("test R2: %.3f" % (1 - ((pred - y_test) ** 2).sum() / ((y_test - y_test.mean()) ** 2).sum()))
