import numpy as np
import keras
from keras.layers import Dense, Input
from keras.models import Sequential

keras.utils.set_random_seed(77)
x = np.random.uniform(-3, 3, size=(600, 1))
y = np.sin(2 * x) * np.exp(-0.15 * x ** 2) + 0.3 * x + np.random.normal(0, 0.08, (600, 1))
x_new = np.linspace(-2.8, 2.8, 200)[:, None]
y_new = np.sin(2 * x_new) * np.exp(-0.15 * x_new ** 2) + 0.3 * x_new

net = Sequential([Input((1,)), Dense(40, activation="relu"), Dense(40, activation="relu"), Dense(1)])
net.compile(loss="mean_squared_error", optimizer=keras.optimizers.Adam(0.006))
net.fit(x, y, epochs=3, batch_size=32, validation_split=0.15, verbose=2)
fit = net.predict(x_new, verbose=0)
print("rmse of the curve", np.sqrt(np.mean((fit - y_new) ** 2)), "spread of the curve", y_new.std())
