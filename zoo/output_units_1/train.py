import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_moons

X, y = make_moons(1500, noise=0.15, random_state=7)
model = keras.Sequential()
model.add(keras.Input((2,)))
model.add(layers.Dense(16, activation="relu"))
model.add(layers.Dense(16, activation="relu"))
model.add(layers.Dense(1, activation="softmax"))
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.01), metrics=["accuracy"])
model.fit(X[:1200], y[:1200], epochs=20, batch_size=32, validation_data=(X[1200:], y[1200:]), verbose=2)
