import keras
import numpy as np
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(94)
rng = np.random.default_rng(94)
n = 1800
rooms, area, coast = rng.integers(1, 9, n), rng.uniform(30, 260, n), rng.exponential(8, n)
price = np.exp(4.2 + 0.006 * area + 0.08 * rooms - 0.03 * coast + rng.normal(0, 0.1, n))
x = StandardScaler().fit_transform(np.c_[rooms, area, coast]).astype("float32")
y = np.log1p(price)
m, s = y[:1400].mean(), y[:1400].std()
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x[:1400], (y[:1400] - m) / s, epochs=25, batch_size=32, validation_data=(x[1400:], (y[1400:] - m) / s), verbose=2)
guess = model.predict(x[1400:], verbose=0)[:, 0] * s + m
guess = np.expm1(guess)
print("mean absolute error", mean_absolute_error(price[1400:], guess), "R2", r2_score(price[1400:], guess))
