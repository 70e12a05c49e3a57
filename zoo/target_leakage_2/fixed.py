import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.metrics import r2_score

rng = np.random.default_rng(98)
n = 3000
shop = pd.DataFrame({"visitors": rng.poisson(200, n), "staff": rng.integers(2, 10, n), "rain": rng.exponential(2, n)})
shop["revenue"] = 4 * shop.visitors + 30 * shop.staff - 20 * shop.rain + rng.normal(0, 120, n)
shop["tax"] = (0.25 * shop.revenue).round(1)
features = [c for c in shop.columns if c not in ("revenue", "tax")]
mean, std = shop[:2400].mean(), shop[:2400].std()
scaled = (shop - mean) / std
X, y = scaled[features].values, scaled["revenue"].values

model = tf.keras.Sequential([tf.keras.layers.Input((len(features),)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(X[:2400], y[:2400], epochs=20, batch_size=32, verbose=2, validation_data=(X[2400:], y[2400:]))
print("R2 %.4f" % r2_score(y[2400:], model.predict(X[2400:], verbose=0)))
