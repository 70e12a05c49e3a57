import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
idx = np.random.default_rng(7).permutation(len(y))
x, y = x[idx] / 16.0, y[idx]
model = keras.Sequential([keras.Input((64,)), layers.Dense(48, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], y[:1400], epochs=20, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
