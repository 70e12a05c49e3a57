import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(80)
rng = np.random.default_rng(80)

# river level at a gauge: rain upstream arrives about two days later
n = 3000
wet = np.zeros(n)
for k in range(1, n):
    wet[k] = 0.6 * wet[k - 1] + rng.normal(0, 1)
rain = np.maximum(wet, 0) * rng.gamma(2, 2.0, n)
level = np.zeros(n)
for k in range(2, n):
    level[k] = 0.82 * level[k - 1] + 0.05 * rain[k - 1] + 0.09 * rain[k - 2] + rng.normal(0, 0.35)
df = pd.DataFrame({"level": level, "rain": rain})
for lag in (1, 2, 3, 4):
    df[f"level_{lag}"] = df.level.shift(lag)
    df[f"rain_{lag}"] = np.log1p(df.rain.shift(lag))
df = df.dropna().reset_index(drop=True)
cols = [c for c in df if "_" in c]
a, b = int(len(df) * .7), int(len(df) * .85)
mu, sd = df[cols][:a].mean(), df[cols][:a].std()
X = ((df[cols] - mu) / sd).to_numpy("float32")
ym, ys = df.level[:a].mean(), df.level[:a].std()
y = ((df.level - ym) / ys).to_numpy("float32")

model = keras.Sequential([layers.Input((len(cols),)), layers.Dense(32, activation="relu"), layers.Dense(16, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(1e-3), "mse", metrics=["mae"])
stop = keras.callbacks.EarlyStopping(patience=6, restore_best_weights=True)
model.fit(X[:a], y[:a], validation_data=(X[a:b], y[a:b]), epochs=40, batch_size=32, callbacks=[stop], verbose=2)
p = model.predict(X[b:], verbose=0).ravel()
print("test R2", 1 - ((p - y[b:]) ** 2).mean() / y[b:].var(), " persistence R2", 1 - ((y[b - 1:-1] - y[b:]) ** 2).mean() / y[b:].var())
