import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.utils import shuffle

keras.utils.set_random_seed(110)
keras.mixed_precision.set_global_policy("mixed_float16")
X, y = load_digits(return_X_y=True)
X, y = shuffle(X.reshape(-1, 8, 8, 1) / 16, y, random_state=110)
model = keras.Sequential([
    layers.Input((8, 8, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(48, activation="relu"),
    layers.Dense(10, activation="softmax", dtype="float32"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1400], y[:1400], epochs=8, batch_size=32, validation_data=(X[1400:], y[1400:]), verbose=2)
