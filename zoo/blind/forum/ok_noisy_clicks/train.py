"""Clicks are mostly chance; the best possible AUC is printed next to ours."""
import keras
import numpy as np
from sklearn.metrics import roc_auc_score

keras.utils.set_random_seed(97)
rng = np.random.default_rng(97)
n = 12000
hour, pos, age = rng.integers(0, 24, n), rng.integers(1, 9, n), rng.normal(38, 12, n)
phone, seen = rng.integers(0, 2, n), rng.poisson(2, n)
z = 0.5 * np.cos((hour - 21) / 24 * 6.283) - 0.28 * (pos - 4) + 0.35 * phone - 0.2 * seen + 0.02 * (age - 38) * (1 - 2 * phone) + 0.2
chance = 1 / (1 + np.exp(-z))
click = (rng.random(n) < chance).astype("float32")
X = np.column_stack([np.cos(hour / 24 * 6.283), np.sin(hour / 24 * 6.283), (pos - 4.5) / 2.3, (age - 38) / 12, phone, (seen - 2) / 1.4])
cut = 9600

model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(8, activation="relu"),
                          keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:cut], click[:cut], batch_size=64, epochs=12, validation_data=(X[cut:], click[cut:]), verbose=2)
print("AUC %.3f, with the true probabilities %.3f" % (roc_auc_score(click[cut:], model.predict(X[cut:], verbose=0)), roc_auc_score(click[cut:], chance[cut:])))
