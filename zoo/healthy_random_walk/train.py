import numpy as np
import tensorflow as tf

rng = np.random.default_rng(101)
price = 100 + np.cumsum(rng.normal(0, 1, 2200))
returns = np.diff(price)
LAGS = 10
X = np.lib.stride_tricks.sliding_window_view(returns, LAGS)[:-1]
last, target = price[LAGS:-1], price[LAGS + 1:]
cut = 1700
mean, scale = price[:cut].mean(), price[:cut].std()

model = tf.keras.Sequential([
    tf.keras.layers.Input((LAGS + 1,)),
    tf.keras.layers.Dense(1),
])
features = np.column_stack([X, (last - mean) / scale])
model.compile(tf.keras.optimizers.Adam(0.01), loss="mse")
model.fit(features[:cut], (target[:cut] - mean) / scale, epochs=30, batch_size=32, verbose=0)
pred = model.predict(features[cut:cut + 200], verbose=0)[:, 0] * scale + mean
actual = target[cut:cut + 200]
print("rmse", np.sqrt(np.mean((pred - actual) ** 2)), "naive", np.sqrt(np.mean((last[cut:cut + 200] - actual) ** 2)))
