import time

import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_classification

X, y = make_classification(3000, 20, n_informative=10, class_sep=1.5, random_state=51)
X = X.astype("float32")
model = keras.Sequential([keras.Input((20,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"], run_eagerly=True)
start = time.time()
model.fit(X[:2400], y[:2400], epochs=1, batch_size=16, verbose=2)
model.fit(X[:2400], y[:2400], epochs=2, initial_epoch=1, batch_size=16, verbose=2)
print("seconds", round(time.time() - start, 2))
print(model.evaluate(X[2400:], y[2400:], verbose=0))
