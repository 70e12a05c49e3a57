import numpy as np
from sklearn.datasets import make_friedman1
from sklearn.metrics import r2_score
from tensorflow import keras

X, y = make_friedman1(n_samples=2000, n_features=6, noise=0.5, random_state=4)
income = 250000 + 40000 * (y - y.mean())
net = keras.Sequential()
net.add(keras.layers.Input((6,)))
net.add(keras.layers.Dense(32, activation="relu"))
net.add(keras.layers.Dense(32, activation="relu"))
net.add(keras.layers.Dense(1))
net.compile(optimizer="adam", loss="mae")
net.fit(X[:1600], income[:1600], epochs=30, batch_size=32, validation_split=0.1, verbose=0)
guess = net.predict(X[1600:], verbose=0)[:, 0]
print("r2", r2_score(income[1600:], guess), "mean prediction", guess.mean())
