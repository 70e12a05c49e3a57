import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
series = np.sin(np.arange(600) / 9) + 0.1 * rng.normal(size=600)
X = np.stack([series[i:i + 20] for i in range(580)])
y = series[20:]
model = keras.Sequential()
model.add(keras.Input((20, 1)))
model.add(layers.LSTM(24))
model.add(layers.LSTM(12))
model.add(layers.Dense(1))
model.compile("adam", "mse")
model.fit(X[:480, :, None], y[:480], epochs=15, batch_size=32, verbose=0)
print(model.evaluate(X[480:, :, None], y[480:], verbose=0))
