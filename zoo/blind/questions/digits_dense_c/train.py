import numpy as np
import keras
from sklearn.datasets import load_digits

keras.utils.set_random_seed(62)
X, y = load_digits(return_X_y=True)
keras.config.set_floatx("float16")
X = (X / 16).astype(keras.config.floatx())
idx = np.random.permutation(len(X))
X, y = X[idx], y[idx]

model = keras.Sequential([
    keras.layers.Input((64,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.001), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1400], y[:1400], batch_size=32, epochs=12, validation_data=(X[1400:], y[1400:]), verbose=2)
