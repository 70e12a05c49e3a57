import keras
import numpy as np

keras.utils.set_random_seed(26)
rng = np.random.default_rng(26)
n = 2000
area = rng.uniform(20, 180, n)
income = rng.lognormal(10.5, 0.4, n)
year = rng.integers(1890, 2022, n)
distance = rng.uniform(0, 15000, n)
x = np.c_[area, income, year, distance].astype("float32")
y = (0.9 * (area - 100) / 46 + 0.5 * (income - 39000) / 16000 + 0.4 * np.sin((year - 1890) / 20) - 0.6 * (distance - 7500) / 4300 + rng.normal(0, 0.2, n)).astype("float32")

norm = keras.layers.Normalization(axis=-1)
model = keras.Sequential([
    keras.Input((4,)),
    norm,
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mse", metrics=[keras.metrics.R2Score(name="r2")])
model.fit(x[:1500], y[:1500, None], epochs=30, batch_size=32, validation_data=(x[1500:], y[1500:, None]), verbose=2)
