# bike rentals per hour, poisson regression with keras
import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(3)
rs = np.random.RandomState(3)

hours = np.arange(6000)
df = pd.DataFrame({"hour": hours % 24, "dow": (hours // 24) % 7})
df["temp"] = 12 + 9 * np.sin(2 * np.pi * hours / (24 * 120)) + 4 * np.sin(2 * np.pi * (df.hour - 9) / 24) + rs.randn(6000) * 2
df["rain"] = (rs.rand(6000) < 0.12).astype(float)
df["wind"] = rs.gamma(2, 3, 6000)
lam = np.exp(0.2 + 1.1 * np.exp(-((df.hour - 8) / 2.0) ** 2) + 1.3 * np.exp(-((df.hour - 18) / 2.5) ** 2)
             + 0.05 * (df.temp - 12) - 0.9 * df.rain - 0.02 * df.wind - 0.3 * (df.dow >= 5))
df["n"] = rs.poisson(lam)

feats = pd.concat([pd.get_dummies(df.hour, prefix="h"), pd.get_dummies(df.dow, prefix="d"), df[["temp", "rain", "wind"]]], axis=1).astype("float32")
feats[["temp", "wind"]] = (feats[["temp", "wind"]] - feats[["temp", "wind"]].mean()) / feats[["temp", "wind"]].std()
idx = rs.permutation(len(df))
tr, te = idx[:4800], idx[4800:]
x, y = feats.values, df.n.values.astype("float32")

train_ds = tf.data.Dataset.from_tensor_slices((x[tr], y[tr])).shuffle(4800, seed=3).batch(64)
test_ds = tf.data.Dataset.from_tensor_slices((x[te], y[te])).batch(256)

model = keras.Sequential([
    keras.Input(shape=(x.shape[1],)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1, activation="softplus"),
])
model.compile(optimizer="adam", loss="poisson", metrics=["mae"])
hist = model.fit(train_ds, validation_data=test_ds, epochs=10, verbose=2)
pred = model.predict(test_ds, verbose=0).ravel()
print("mean of counts", y[te].mean(), "baseline mae", np.abs(y[te] - y[tr].mean()).mean())
print("mae", np.abs(pred - y[te]).mean())
