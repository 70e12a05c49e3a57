import os
import tempfile

import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
x = x / 16.0
order = np.random.default_rng(9).permutation(len(x))
tr, va, te = np.split(order, [1200, 1500])
path = os.path.join(tempfile.mkdtemp(), "best.keras")

model = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dropout(0.4), layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[tr], y[tr], validation_data=(x[va], y[va]), epochs=20, batch_size=32, verbose=0,
          callbacks=[keras.callbacks.ModelCheckpoint(path, monitor="val_accuracy", save_best_only=True), keras.callbacks.TerminateOnNaN()])
best = keras.models.load_model(path)
print("last", model.evaluate(x[te], y[te], verbose=0)[1], "best", best.evaluate(x[te], y[te], verbose=0)[1])
