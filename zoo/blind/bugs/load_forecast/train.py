import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(38)
rng = np.random.default_rng(38)

H = 24 * 330
ts = pd.date_range('2019-01-01', periods=H, freq='h')
temp = 10 - 9 * np.cos(2 * np.pi * ts.dayofyear / 365) + 4 * np.sin(2 * np.pi * (ts.hour - 9) / 24)
temp = temp + pd.Series(rng.standard_normal(H)).ewm(span=30).mean().values * 12
base = 50 + 14 * np.sin(2 * np.pi * (ts.hour - 7) / 24) + 6 * np.sin(4 * np.pi * (ts.hour - 3) / 24)
load = base * np.where(ts.dayofweek < 5, 1, .82) + .12 * np.maximum(16 - temp, 0) ** 1.6 + .5 * np.maximum(temp - 18, 0) \
    + pd.Series(rng.standard_normal(H)).ewm(span=6).mean().values * 4 + rng.standard_normal(H)
df = pd.DataFrame({'load': np.asarray(load), 'temp': np.asarray(temp), 'wd': (ts.dayofweek < 5) * 1.,
                   'hs': np.sin(2 * np.pi * ts.hour / 24), 'hc': np.cos(2 * np.pi * ts.hour / 24)}, index=ts)
cut = 24 * 270
mean, std = df[:cut].mean(), df[:cut].std()
a = ((df - mean) / std).values.astype('float32')

LOOK, AHEAD = 48, 6


def windows(arr, lo, hi):
    X = np.stack([arr[i - LOOK:i] for i in range(lo + LOOK, hi - AHEAD)])
    y = np.stack([arr[i:i + AHEAD, 0] for i in range(lo + LOOK, hi - AHEAD)])
    return X, y


Xtr, ytr = windows(a, 0, cut)
Xte, yte = windows(a, cut, H)
inp = keras.Input((LOOK, a.shape[1]))
h = layers.Conv1D(32, 3, strides=2, activation='relu')(inp)
h = layers.Conv1D(32, 3, strides=2, activation='relu')(h)
h = layers.Flatten()(h)
h = layers.Dense(64, activation='relu')(h)
out = layers.Dense(AHEAD)(h)
model = keras.Model(inp, out)

EPOCHS, BATCH = 14, 64
steps = len(Xtr) // BATCH
schedule = keras.optimizers.schedules.ExponentialDecay(2e-3, decay_steps=1, decay_rate=0.85)
model.compile(optimizer=keras.optimizers.Adam(schedule), loss='mse', metrics=['mae'])
model.fit(Xtr, ytr, epochs=EPOCHS, batch_size=BATCH, validation_data=(Xte, yte), verbose=2)
p = model.predict(Xte, verbose=0)
err = np.sqrt(((p - yte) ** 2).mean(0)) * std['load']
naive = np.sqrt(((Xte[:, LOOK - 24:LOOK - 24 + AHEAD, 0] - yte) ** 2).mean(0)) * std['load']
print('rmse per hour', err.round(2))
print('same hour yesterday', naive.round(2))
