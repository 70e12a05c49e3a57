import numpy as np
import keras
from sklearn.preprocessing import StandardScaler
from sklearn.datasets import make_friedman2

keras.utils.set_random_seed(126)
X, y = make_friedman2(1500, noise=10.0, random_state=126)     # litres per trip, up to 1800
X = StandardScaler().fit_transform(X)
scale = 1.0
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(keras.optimizers.SGD(0.01, momentum=0.9), "mse")
model.fit(X[:1200], y[:1200] / scale, epochs=15, batch_size=32, validation_data=(X[1200:], y[1200:] / scale), verbose=2)
p = model.predict(X[1200:], verbose=0)[:, 0] * scale
print("R2", 1 - ((p - y[1200:]) ** 2).mean() / y[1200:].var())
