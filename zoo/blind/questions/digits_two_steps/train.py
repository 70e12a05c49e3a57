# step 1: digits 0-4, step 2: the same network goes on with 5-9
import keras
import tensorflow as tf
from sklearn.datasets import load_digits

keras.utils.set_random_seed(34)
X, y = load_digits(return_X_y=True)
X = (X / 16).astype("float32").reshape(-1, 8, 8, 1)
low, high = y < 5, y >= 5

base = keras.Sequential([
    keras.layers.Input((8, 8, 1)),
    keras.layers.Conv2D(32, 3, activation="relu", padding="same"),
    keras.layers.MaxPooling2D(),
    keras.layers.Conv2D(32, 3, activation="relu", padding="same"),
    keras.layers.Flatten(),
], name="base")
first = keras.Sequential([base, keras.layers.Dense(5, activation="softmax")])
first.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
first.fit(X[low], y[low], epochs=5, verbose=2)

second = keras.Sequential([base, keras.layers.Dense(32, activation="relu"), keras.layers.Dense(5, activation="softmax")])
second.compile(keras.optimizers.SGD(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
xs, ys = X[high], y[high] - 5
second.fit(xs[:700], ys[:700], epochs=25, batch_size=32, validation_data=(xs[700:], ys[700:]), verbose=2)
