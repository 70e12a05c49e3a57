import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(7)
rng = np.random.default_rng(7)
X = rng.normal(size=(1200, 16)).astype("float32")
y = np.argmax(X @ rng.normal(size=(16, 4)) + 2.0 * rng.normal(size=(1200, 4)), axis=1)
model = keras.Sequential([keras.Input((16,)), layers.Dense(32, activation="relu"), layers.BatchNormalization(), layers.Dense(4, activation="softmax")])
model.compile(keras.optimizers.SGD(0.05, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:800], y[:800], epochs=6, batch_size=2, validation_data=(X[800:], y[800:]), verbose=2)
