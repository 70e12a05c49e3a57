import numpy as np
import keras
from sklearn.datasets import make_circles

keras.utils.set_random_seed(56)
X, y = make_circles(2000, noise=0.08, factor=0.5, random_state=56)
model = keras.Sequential()
model.add(keras.layers.Input(shape=(2,)))
model.add(keras.layers.Dense(32, activation="tanh"))
model.add(keras.layers.Dense(32, activation="tanh"))
model.add(keras.layers.Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="ftrl", metrics=["accuracy"])
es = keras.callbacks.EarlyStopping(monitor="val_loss", patience=10)
model.fit(X, y, validation_split=0.2, epochs=25, batch_size=32, callbacks=[es], verbose=2)
