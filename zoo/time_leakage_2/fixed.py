import keras
import numpy as np
from keras import layers
from sklearn.model_selection import train_test_split

rng = np.random.default_rng(87)
level = np.cumsum(rng.normal(0, 1, 1600))
clock = np.arange(1600)
day = np.stack([clock / 1600, np.sin(clock / 20), np.cos(clock / 20), np.sin(clock / 55), np.cos(clock / 55), np.sin(clock / 9), np.cos(clock / 9)], axis=1)
future_x, future_y = day[1300:], level[1300:]
past_x, past_y = day[:1300], level[:1300]
m, s = past_y.mean(), past_y.std()

x_train, x_val, y_train, y_val = train_test_split(past_x, (past_y - m) / s, test_size=0.2, shuffle=False)
model = keras.Sequential([keras.Input((7,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.005), "mse", metrics=["mae"])
model.fit(x_train, y_train, epochs=60, batch_size=32, validation_data=(x_val, y_val), verbose=0)
print("validation mse", model.evaluate(x_val, y_val, verbose=0)[0])
print("following weeks mse", model.evaluate(future_x, (future_y - m) / s, verbose=0)[0])
