import keras
import numpy as np
import pandas as pd

keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)
shops = []
for s in range(60):
    base = rng.uniform(2, 30)
    sales = rng.poisson(base * (1 + 0.3 * np.sin(np.arange(80) / 8)))
    shops.append(pd.DataFrame({"shop": s, "week": range(80), "sales": sales}))
table = pd.concat(shops, ignore_index=True)
table["growth"] = table.groupby("shop")["sales"].pct_change()
for lag in (1, 2, 3):
    table[f"lag{lag}"] = table.groupby("shop")["sales"].shift(lag)
table["growth"] = table.groupby("shop")["growth"].shift(1)
table = table.dropna()
train, test = table[table.week < 65], table[table.week >= 65]
cols = ["growth", "lag1", "lag2", "lag3"]


def xy(part):
    return (part[cols] / [1.0, 30, 30, 30]).to_numpy("float32"), (part["sales"] / 30).to_numpy("float32")


x, y = xy(train)
xt, yt = xy(test)
inputs = keras.Input((4,))
h = keras.layers.Dense(32, activation="gelu")(inputs)
model = keras.Model(inputs, keras.layers.Dense(1)(h))
model.compile(keras.optimizers.Adam(1e-3), "mae")
model.fit(x, y, epochs=15, batch_size=32, validation_data=(xt, yt), verbose=2)
print("MAE in pieces", 30 * model.evaluate(xt, yt, verbose=0))
