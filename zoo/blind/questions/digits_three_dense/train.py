from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tensorflow import keras
from tensorflow.keras import layers, initializers

keras.utils.set_random_seed(44)
X, y = load_digits(return_X_y=True)
X = X / 16
Xtr, Xte, ytr, yte = train_test_split(X, y, random_state=44)
init = dict(kernel_initializer=initializers.Constant(0.05), bias_initializer="zeros")
model = keras.Sequential([
    layers.Input((64,)),
    layers.Dense(100, activation="relu", **init),
    layers.Dense(50, activation="relu", **init),
    layers.Dense(10, activation="softmax", **init),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(Xtr, ytr, epochs=15, batch_size=32, validation_data=(Xte, yte), verbose=2)
