import numpy as np
import keras
from sklearn.datasets import make_regression

keras.utils.set_random_seed(73)
X, y = make_regression(1000, 6, noise=5, random_state=73)
y = (y - y.mean()) / y.std()
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
sgd = keras.optimizers.SGD(learning_rate=0.01, momentum=0.9, nesterov=True)
model.compile(optimizer=sgd, loss="mse")
model.fit(X, y, epochs=15, batch_size=32, validation_split=0.2, verbose=2)
