import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(81)
x = rng.uniform(-1, 1, (1500, 3)).astype("float32")
y = np.cos(4 * x[:, 0]) * x[:, 1] + x[:, 2] ** 2
y = (y - y.mean()) / y.std()
model = keras.Sequential([keras.Input((3,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(x[:1200], y[:1200], epochs=60, batch_size=32, validation_data=(x[1200:], y[1200:]))
print("explained", 1 - model.evaluate(x[1200:], y[1200:], verbose=0) / y[1200:].var())
