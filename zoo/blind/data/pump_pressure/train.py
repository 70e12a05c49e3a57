import keras
import numpy as np
import pandas as pd
from sklearn.metrics import r2_score

keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)
n = 2500
level = np.zeros(n)
for i in range(1, n):
    level[i] = 0.85 * level[i - 1] + rng.normal(0, 1)
pressure = pd.Series(level + 0.6 * np.sin(np.arange(n) / 40) + rng.normal(0, 0.3, n))
load = pd.Series(np.sin(np.arange(n) / 40) + rng.normal(0, 0.2, n))


def features(p, l):
    smooth = p.rolling(3, center=True, min_periods=1).mean()
    return pd.DataFrame({"smooth": smooth, "last": p.shift(1), "before": p.shift(2), "load": l.shift(1)}).fillna(0.0)


table = features(pressure, load)
cut = 1800
mu, sd = table[:cut].mean(), table[:cut].std()
z = ((table - mu) / sd).to_numpy("float32")
target = pressure.to_numpy("float32")

inp = keras.Input((4,))
h = keras.layers.Dense(24, activation="relu")(inp)
h = keras.layers.Dense(24, activation="relu")(h)
model = keras.Model(inp, keras.layers.Dense(1)(h))
model.compile("adam", "mse", metrics=["mae"])
model.fit(z[:cut], target[:cut], epochs=20, batch_size=32, validation_data=(z[cut:2300], target[cut:2300]), verbose=2)
print("R2 validation", r2_score(target[cut:2300], model.predict(z[cut:2300], verbose=0)))

# the last 200 steps as they arrive
rows = []
for i in range(2300, n):
    seen = pressure[:i + 1].copy()
    seen.iloc[-1] = np.nan
    rows.append(features(seen, load[:i + 1]).iloc[-1])
live = ((pd.DataFrame(rows) - mu) / sd).to_numpy("float32")
print("R2 live", r2_score(target[2300:], model.predict(live, verbose=0)))
