import numpy as np
import pandas as pd
import keras
from keras import ops

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)

T = 6000
vol = np.exp(0.3 * rng.standard_normal(T).cumsum() * 0.02)
signal = pd.Series(rng.standard_normal(T)).ewm(span=8).mean().values * 2
volume_chg = rng.standard_normal(T) * 0.5 + 0.5 * signal
ret = np.zeros(T)
for t in range(1, T):
    drive = 0.6 * signal[t - 1] + 0.35 * np.tanh(2 * volume_chg[t - 1]) * np.sign(ret[t - 1])
    ret[t] = vol[t] * (drive + rng.standard_normal() * 0.8)
df = pd.DataFrame({'ret': ret, 'signal': signal, 'volume': volume_chg, 'vol': vol})
for lag in range(1, 4):
    df[f'ret_{lag}'] = df.ret.shift(lag)
df['y'] = df.ret.shift(-1)
df = df.dropna()
feats = [c for c in df.columns if c != 'y']
X = df[feats].values.astype('float32')
y = df['y'].values.astype('float32')
cut = 4500
m, s = X[:cut].mean(0), X[:cut].std(0)
X = (X - m) / s


def pnl_loss(y_true, y_pred):
    # profit of taking the predicted side, negative because keras minimizes
    position = ops.tanh(y_pred)
    return -ops.mean(position * ops.reshape(y_true, (-1, 1)))


model = keras.Sequential([
    keras.layers.Input((X.shape[1],)),
    keras.layers.Dense(32, activation='relu'),
    keras.layers.Dense(16, activation='relu'),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=pnl_loss)
model.fit(X[:cut], y[:cut], epochs=15, batch_size=64, validation_data=(X[cut:], y[cut:]), verbose=2)

pos = np.sign(model.predict(X[cut:], verbose=0).ravel())
hit = (pos == np.sign(y[cut:])).mean()
print('hit rate %.3f   mean pnl %.4f   perfect %.4f' % (hit, (pos * y[cut:]).mean(), np.abs(y[cut:]).mean()))
