import numpy as np
import keras
from keras import layers
from sklearn.metrics import r2_score


def batches(n, rng):
    cement = rng.uniform(100, 540, n)
    water = rng.uniform(120, 245, n)
    ash = rng.uniform(0, 200, n) * (rng.random(n) < 0.5)
    age = rng.choice([3, 7, 14, 28, 56, 90, 180, 365], n)
    plast = rng.uniform(0, 30, n) * (rng.random(n) < 0.6)
    ratio = cement / (water - 1.8 * plast)
    mpa = 19 * ratio ** 1.1 * (np.log1p(age) / np.log(29)) * (1 - 0.3 * (ash / 200 - 0.45) ** 2) + rng.normal(0, 3, n)
    return np.stack([cement, water, ash, age, plast], 1), mpa


keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
x_train, y_train = batches(3000, rng)
x_test, y_test = batches(600, rng)
norm = layers.Normalization()
norm.adapt(x_train)

model = keras.Sequential([
    keras.Input((5,)),
    norm,
    layers.Dense(128, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mse", metrics=["mae"])
model.fit(x_train, y_train, validation_split=0.1, epochs=50, batch_size=64, verbose=2)
print("R2 on new batches:", r2_score(y_test, model.predict(x_test, verbose=0)))
