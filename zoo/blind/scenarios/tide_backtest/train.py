import numpy as np
import pandas as pd
import keras
from sklearn.model_selection import TimeSeriesSplit
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
hours = pd.date_range("2021-03-01", periods=4200, freq="h")
t = np.arange(len(hours))
surge = np.zeros(len(t))
for i in range(1, len(t)):
    surge[i] = 0.97 * surge[i - 1] + rng.normal(0, 0.06)
level = 1.4 * np.cos(2 * np.pi * t / 12.42) + 0.4 * np.cos(2 * np.pi * t / 12.0 + 1) + surge + rng.normal(0, 0.05, len(t))
s = pd.Series(level, index=hours)
X = pd.DataFrame({f"lag{k}": s.shift(k) for k in (1, 2, 3, 6, 12, 13, 24, 25)}).assign(
    mean6=s.shift(1).rolling(6).mean()).dropna()
y = s.loc[X.index]

for fold, (a, b) in enumerate(TimeSeriesSplit(n_splits=3, test_size=600).split(X)):
    sc = StandardScaler().fit(X.iloc[a])
    m = keras.Sequential([keras.layers.Input((X.shape[1],)), keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(1)])
    m.compile(keras.optimizers.Adam(5e-3), "mse")
    m.fit(sc.transform(X.iloc[a]), y.iloc[a], epochs=20, batch_size=64, verbose=0,
          validation_data=(sc.transform(X.iloc[b]), y.iloc[b]))
    p = m.predict(sc.transform(X.iloc[b]), verbose=0)[:, 0]
    e = y.iloc[b].to_numpy() - p
    print(f"fold {fold}: rmse {np.sqrt((e ** 2).mean()):.3f} m   persistence {np.sqrt(((y.iloc[b] - X['lag1'].iloc[b]) ** 2).mean()):.3f} m")
