import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(42)
rng = np.random.default_rng(42)
HOURS = 24 * 130
t = np.arange(HOURS)
mw = 31000 + 5200 * np.sin(2 * np.pi * (t - 7) / 24) + 1900 * np.sin(4 * np.pi * t / 24) - 2600 * ((t // 24) % 7 >= 5)
ar = np.zeros(HOURS)
for i in range(1, HOURS):
    ar[i] = 0.85 * ar[i - 1] + rng.normal(0, 420)
mw = mw + ar

LOOKBACK = 24


def windows(series, target):
    xs, ys = [], []
    for i in range(len(series) - LOOKBACK):
        xs.append(series[i:i + LOOKBACK])
        ys.append(target[i + LOOKBACK])
    return np.array(xs)[..., None], np.array(ys)


cut = 24 * 100
target = (mw - mw[:cut].mean()) / mw[:cut].std()
x_train, y_train = windows(mw[:cut], target[:cut])
x_test, y_test = windows(mw[cut:], target[cut:])

model = tf.keras.Sequential([
    tf.keras.layers.Input((LOOKBACK, 1)),
    tf.keras.layers.LSTM(32),
    tf.keras.layers.Dense(1),
])
model.compile(loss="mae", optimizer="adam")
model.fit(x_train, y_train, epochs=12, batch_size=32, validation_data=(x_test, y_test), verbose=2)
p = model.predict(x_test, verbose=0).ravel()
print("spread of the forecasts: %.4f, of the truth: %.4f" % (p.std(), y_test.std()))
print("test MAE: %.3f" % np.abs(p - y_test).mean())
