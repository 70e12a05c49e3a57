import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

rng = np.random.default_rng(14)
hours = rng.uniform(0, 24, 3000)
temp = rng.normal(15, 8, 3000)
weekend = rng.integers(0, 2, 3000)
demand = np.maximum(0, 12 * np.sin((hours - 6) / 24 * 2 * np.pi) + 0.5 * temp - 4 * weekend + rng.normal(0, 1.5, 3000)) / 10
X = np.column_stack([np.sin(hours / 24 * 2 * np.pi), np.cos(hours / 24 * 2 * np.pi), (temp - 15) / 8, weekend])

model = models.Sequential()
model.add(layers.Input((4,)))
model.add(layers.Dense(32, activation="relu"))
model.add(layers.Dense(32, activation="relu"))
model.add(layers.Dense(1, activation="relu", bias_initializer="ones"))
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(X[:2400], demand[:2400], epochs=25, batch_size=32, validation_data=(X[2400:], demand[2400:]), verbose=0)
pred = model.predict(X[2400:], verbose=0)[:, 0]
resid = demand[2400:] - pred
print("R2 = %.3f, min prediction = %.3f" % (1 - resid.var() / demand[2400:].var(), pred.min()))
