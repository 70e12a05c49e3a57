import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_regression
from sklearn.preprocessing import StandardScaler

keras.mixed_precision.set_global_policy("mixed_float16")
X, price = make_regression(2400, 16, n_informative=8, noise=5.0, random_state=9)
X = StandardScaler().fit_transform(X).astype("float32")
price = (price * 4000 + 900000).astype("float32")

model = keras.Sequential([
    keras.Input((16,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(1),
])
model.compile(keras.optimizers.Adam(0.003), "mse")
start = model.get_weights()
model.fit(X[:2000], price[:2000], epochs=6, batch_size=32, verbose=2)
moved = max(float(np.abs(a - b).max()) for a, b in zip(start, model.get_weights()))
guess = model.predict(X[2000:], verbose=0)[:, 0].astype("float64")
print("largest change of a weight", moved, "R2", 1 - np.mean((guess - price[2000:]) ** 2) / price[2000:].var())
