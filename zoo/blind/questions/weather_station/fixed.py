# weather station data, hourly; a few broken rows are marked by the logger
import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.preprocessing import StandardScaler

tf.keras.utils.set_random_seed(84)
rng = np.random.default_rng(84)
n = 3000
df = pd.DataFrame({"temp": rng.normal(12, 6, n), "humidity": rng.uniform(30, 100, n), "wind": rng.gamma(2, 2, n), "cloud": rng.uniform(0, 8, n)})
power = 0.35 * df.temp - 0.02 * df.humidity + 0.9 * np.sqrt(df.wind) * 2 - 0.4 * df.cloud + 0.02 * df.temp * df.cloud
target = (power - power.mean()) / power.std() + rng.normal(0, 0.1, n)
for col in df:
    df.loc[rng.choice(n, 15, replace=False), col] = -99999.0
df = df.where(df > -9999).fillna(df[df > -9999].median())

X = StandardScaler().fit_transform(df)
model = tf.keras.Sequential([
    tf.keras.layers.Input((4,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile("adam", "mae", metrics=[tf.keras.metrics.R2Score(name="r2")])
model.fit(X[:2400], target[:2400].to_numpy(), validation_data=(X[2400:], target[2400:].to_numpy()), epochs=15, batch_size=32, verbose=2)
