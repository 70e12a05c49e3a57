import numpy as np
import pandas as pd
import tensorflow as tf

rng = np.random.default_rng(63)
load = pd.Series(np.cumsum(rng.normal(0, 1, 2500)))
frame = pd.DataFrame({"change": load.diff()})
for lag in range(1, 6):
    frame[f"lag{lag}"] = frame.change.shift(lag)
frame["trend"] = frame.change.rolling(5, center=True).mean()
frame["momentum"] = frame.change.rolling(3, center=True).sum()
frame = frame.dropna()
X = frame.drop(columns="change").to_numpy("float32")
y = (frame["change"] > 0).to_numpy("int32")
cut = 2000
model = tf.keras.Sequential([tf.keras.layers.Input((X.shape[1],)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:cut], y[:cut], epochs=20, batch_size=32, validation_data=(X[cut:], y[cut:]), verbose=2)
