import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(70)
rng = np.random.default_rng(70)
n = 1500
weight = rng.normal(1350, 280, n)
hp = 0.08 * weight * rng.uniform(0.7, 1.4, n)
cyl = np.clip(np.round(hp / 30), 3, 8)
year = rng.integers(1995, 2020, n)
litres = 2.2 + 0.0028 * weight + 0.018 * hp + 0.15 * cyl - 0.07 * (year - 2005) + rng.normal(0, 0.45, n)
X = np.c_[weight, hp, cyl, year]
X = (X - X.mean(0)) / X.std(0)

model = keras.Sequential([
    keras.layers.Input(shape=(4,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer="rmsprop", loss="mse", metrics=["r2_score"])
model.fit(X[:1200], litres[:1200], epochs=40, batch_size=16, verbose=2, validation_data=(X[1200:], litres[1200:]))
loss, score = model.evaluate(X[1200:], litres[1200:], verbose=0)
print("Score on the test cars: %.2f%%" % (100 * score))
