import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_moons

X, y = make_moons(1500, noise=0.1, random_state=3)
schedule = keras.optimizers.schedules.ExponentialDecay(0.3, decay_steps=1000, decay_rate=0.8, staircase=True)
clf = keras.Sequential([keras.Input((2,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1, activation="sigmoid")])
clf.compile(optimizer=keras.optimizers.SGD(schedule), loss="binary_crossentropy", metrics=["accuracy"])
clf.fit(X[:1200], y[:1200], epochs=30, batch_size=16, validation_data=(X[1200:], y[1200:]), verbose=2)
