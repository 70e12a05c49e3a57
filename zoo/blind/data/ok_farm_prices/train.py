import keras
import numpy as np

keras.utils.set_random_seed(75)
rng = np.random.default_rng(75)
x = rng.normal(0, 1, (2000, 6)).astype("float32")
price = (310000 + 70000 * x[:, 0] - 30000 * x[:, 1] * x[:, 2] + 20000 * np.tanh(2 * x[:, 3]) + rng.normal(0, 12000, 2000)).astype("float32")[:, None]
m, s = float(price[:1500].mean()), float(price[:1500].std())
model = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(1),
    keras.layers.Rescaling(s, offset=m),
])
model.compile(keras.optimizers.Adam(3e-3), "mae", metrics=[keras.metrics.R2Score(name="r2")])
model.fit(x[:1500], price[:1500], epochs=18, batch_size=32, validation_data=(x[1500:], price[1500:]), verbose=2)
