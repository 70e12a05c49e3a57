import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(41)
rng = np.random.default_rng(41)
n = 6000
rain = rng.gamma(0.3, 6, n) * (rng.uniform(size=n) < 0.35)
level = np.zeros(n)
for i in range(1, n):
    level[i] = 0.93 * level[i - 1] + 0.05 * rain[i - 1] + 0.03 * rain[max(i - 2, 0)]
level = 1.2 + level + rng.normal(0, 0.05, n)
df = pd.DataFrame({"rain": rain, "level": level})
split = 4800
norm = (df - df[:split].mean()) / df[:split].std()
HIST, AHEAD = 24, 6


def windows(frame):
    v = frame[["rain", "level"]].to_numpy("float32")
    xs, ys = [], []
    for i in range(HIST, len(v) - AHEAD):
        xs.append(v[i - HIST:i])
        ys.append(v[i - 1, 1])
    return np.array(xs), np.array(ys)


xa, ya = windows(norm[:split])
xb, yb = windows(norm[split:])
model = keras.Sequential([layers.Input((HIST, 2)), layers.Flatten(), layers.Dense(32, activation="relu"), layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
model.fit(xa, ya, epochs=10, batch_size=32, validation_data=(xb, yb), verbose=2)
pred = model.predict(xb, verbose=0).ravel()
actual = norm.level.to_numpy()[split:][HIST + AHEAD - 1:-1]
print("MSE reported", np.mean((pred - yb) ** 2), "MSE of the 6 h forecast", np.mean((pred - actual) ** 2),
      "persistence", np.mean((norm.level.to_numpy()[split:][HIST - 1:-AHEAD - 1] - actual) ** 2))
