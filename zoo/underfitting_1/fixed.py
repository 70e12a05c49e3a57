import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(28)
x = rng.uniform(-3, 3, (2500, 2))
y = (np.sin(1.6 * x[:, 0]) * np.cos(1.2 * x[:, 1]))[:, None]
model = keras.Sequential([keras.Input((2,)), layers.Dense(96, activation="relu"), layers.Dense(96, activation="relu"), layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse", metrics=[keras.metrics.R2Score()])
model.fit(x[:2000], y[:2000], epochs=40, batch_size=32, validation_data=(x[2000:], y[2000:]), verbose=2)
