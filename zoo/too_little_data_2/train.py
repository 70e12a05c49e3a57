import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16.0, y, train_size=20, stratify=y, random_state=0)
model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(48, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=80, batch_size=10, verbose=0)
print("train", model.evaluate(X_train, y_train, verbose=0)[1], "test", model.evaluate(X_test, y_test, verbose=0)[1])
