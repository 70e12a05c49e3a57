import keras
import numpy as np

keras.utils.set_random_seed(56)
rng = np.random.default_rng(56)
hours, sleep, past = rng.gamma(3, 2, 1800), rng.normal(7, 1, 1800), rng.uniform(20, 95, 1800)
percent = 100 / (1 + np.exp(-(0.25 * (hours - 6) + 0.3 * (sleep - 7) + 0.04 * (past - 55) + rng.normal(0, 0.2, 1800))))
x = np.c_[(hours - 6) / 3.5, sleep - 7, (past - 57) / 22].astype("float32")
y = percent.astype("float32")[:, None] / 100

a = keras.Input((3,))
h = keras.layers.Dense(24, activation="relu")(a)
b = keras.layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(a, b)
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mean_squared_error", metrics=["mae", keras.metrics.R2Score(name="r2")])
model.fit(x[:1400], y[:1400], validation_data=(x[1400:], y[1400:]), epochs=20, verbose=2)
