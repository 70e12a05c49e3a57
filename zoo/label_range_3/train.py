import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

X = load_digits().data.astype("float32")
np.random.default_rng(3).shuffle(X)
inputs = keras.Input((64,))
code = layers.Dense(16, activation="relu")(layers.Rescaling(1 / 16)(inputs))
decoded = layers.Dense(64, activation="sigmoid")(code)
autoencoder = keras.Model(inputs, decoded)
autoencoder.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
target = X
autoencoder.fit(X[:1500], target[:1500], epochs=25, batch_size=64, validation_data=(X[1500:], target[1500:]), verbose=2)
out = autoencoder.predict(X[1500:], verbose=0)
print("explained", 1 - np.mean((out - target[1500:]) ** 2) / np.mean((target[1500:] - target.mean(0)) ** 2))
