import os
import tempfile

import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
order = np.random.RandomState(28).permutation(1797)
x, y = x[order] / 16, y[order]
path = os.path.join(tempfile.mkdtemp(), "digits.weights.h5")
model = keras.Sequential([keras.Input((64,)), layers.Dense(48, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile(keras.optimizers.SGD(0.02), "sparse_categorical_crossentropy", metrics=["accuracy"])
saver = keras.callbacks.ModelCheckpoint(path, monitor="val_loss", mode="max", save_best_only=True, save_weights_only=True)
model.fit(x[:1400], y[:1400], epochs=20, batch_size=16, validation_data=(x[1400:], y[1400:]), callbacks=[saver], verbose=2)
model.load_weights(path)
print("restored", model.evaluate(x[1400:], y[1400:], verbose=0))
