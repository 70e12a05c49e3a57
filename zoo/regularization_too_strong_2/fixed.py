import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(59)
X = rng.uniform(-1, 1, (2400, 6))
y = X[:, 0] * X[:, 1] * 3 + np.sin(3 * X[:, 2]) + 0.1 * rng.normal(size=2400)
l1 = keras.regularizers.L1(1e-5)
model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(64, activation="relu", kernel_regularizer=l1),
    layers.Dense(32, activation="relu", kernel_regularizer=l1),
    layers.Dense(1, kernel_regularizer=l1),
])
model.compile("adam", "mse", metrics=["mse"])
model.fit(X[:2000], y[:2000], epochs=25, batch_size=32, validation_data=(X[2000:], y[2000:]), verbose=2)
print("variance", y.var())
