import keras
import numpy as np
import pandas as pd

keras.utils.set_random_seed(77)
rng = np.random.default_rng(77)
h = np.arange(24 * 7 * 40)
load = 50 + 0.0008 * h + 10 * np.sin(2 * np.pi * h / 24) + 4 * np.sin(2 * np.pi * h / 168) + rng.normal(0, 1.5, len(h))
s = pd.Series(load)
f = pd.DataFrame({f"lag{k}": s.shift(k) for k in (1, 2, 3, 24, 25, 168)})
f["sin"], f["cos"] = np.sin(2 * np.pi * h / 24), np.cos(2 * np.pi * h / 24)
f["y"] = s
f = f.dropna()
scores = []
for cut in (3000, 4200, 5400):
    train, test = f.iloc[:cut], f.iloc[cut:cut + 1000]
    mu, sd = train.mean(), train.std()
    a, b = (train - mu) / sd, (test - mu) / sd
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(3e-3), "mse")
    model.fit(a.drop(columns="y").to_numpy(), a["y"].to_numpy()[:, None], epochs=12, batch_size=64, verbose=0)
    p = model.predict(b.drop(columns="y").to_numpy(), verbose=0)[:, 0] * sd["y"] + mu["y"]
    scores.append(np.sqrt(np.mean((p - test["y"]) ** 2)))
    print("cut", cut, "rmse", round(scores[-1], 3), "same hour yesterday", round(np.sqrt(np.mean((test["lag24"] - test["y"]) ** 2)), 3))
