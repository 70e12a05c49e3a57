import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(68)
weather = np.column_stack([rng.normal(1013, 10, 2400), rng.normal(285, 9, 2400), rng.uniform(0, 360, 2400)])
power = np.tanh((weather[:, 0] - 1013) / 10) + np.cos(weather[:, 2] * np.pi / 180) + 0.3 * (weather[:, 1] - 285) / 9
keras.utils.set_random_seed(68)

norm = layers.Normalization()
norm.adapt(weather[:2000])
model = keras.Sequential([keras.Input((3,)), norm, layers.Dense(48, activation="tanh"), layers.Dense(48, activation="tanh"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.003), "mse", metrics=[keras.metrics.R2Score()])
model.fit(weather[:2000], power[:2000, None], epochs=20, batch_size=32, validation_data=(weather[2000:], power[2000:, None]), verbose=2)
