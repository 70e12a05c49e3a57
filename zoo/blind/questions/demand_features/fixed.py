import numpy as np
import pandas as pd
import keras
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)
n = 1600
level = np.zeros(n)
for t in range(1, n):
    level[t] = 0.85 * level[t - 1] + rng.normal(0, 6)
s = pd.Series(120 + 12 * np.sin(np.arange(n) / 7 * 2 * np.pi) + level + rng.normal(0, 5, n), name="demand")


def build(series):
    f = pd.DataFrame(index=series.index)
    f["lag1"] = series.shift(1)
    f["lag7"] = series.shift(7)
    f["smooth"] = series.shift(1).rolling(3, min_periods=1).mean()
    f["month"] = series.shift(1).rolling(28, min_periods=1).mean()
    f["dow_sin"] = np.sin(f.index / 7 * 2 * np.pi)
    f["dow_cos"] = np.cos(f.index / 7 * 2 * np.pi)
    return f


features = build(s).iloc[28:]
target = s.iloc[28:]
cut = 1300
scaler = StandardScaler().fit(features.loc[:cut])
mean, std = target.loc[:cut].mean(), target.loc[:cut].std()
X, Y = scaler.transform(features), ((target - mean) / std).values
k = cut - 28
model = keras.Sequential([keras.layers.Input((6,)), keras.layers.Dense(32, activation="relu"),
                          keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=[keras.metrics.R2Score()])
model.fit(X[:k], Y[:k], validation_data=(X[k:], Y[k:]), epochs=40, batch_size=32, verbose=2,
          callbacks=[keras.callbacks.EarlyStopping(patience=8, restore_best_weights=True)])

# every morning: the day itself is not known yet
truth, rows = [], []
for day in range(cut + 1, n):
    known = s.iloc[:day].copy()
    known.loc[day] = known.iloc[-1]
    rows.append(build(known).loc[day])
    truth.append(s[day])
guess = model.predict(scaler.transform(pd.DataFrame(rows)), verbose=0).ravel() * std + mean
truth = np.array(truth)
print("in use: R2", 1 - ((truth - guess) ** 2).sum() / ((truth - truth.mean()) ** 2).sum())
