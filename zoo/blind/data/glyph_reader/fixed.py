import argparse

import keras
import numpy as np
from sklearn.datasets import load_digits
from sklearn.metrics import classification_report

parser = argparse.ArgumentParser()
parser.add_argument("--classes", type=int, default=10)
parser.add_argument("--epochs", type=int, default=20)
args = parser.parse_args()

keras.utils.set_random_seed(17)
data = load_digits()
x = data.data.astype("float32") / 16
y = data.target
order = np.random.permutation(len(x))
x, y = x[order], y[order]
x_train, y_train, x_test, y_test = x[:1300], y[:1300], x[1300:], y[1300:]
keep = y_train < args.classes
x_train, y_train = x_train[keep], y_train[keep]

model = keras.Sequential([
    keras.Input((64,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(args.classes, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=args.epochs, validation_data=(x_test, y_test), verbose=2)
print(classification_report(y_test, model.predict(x_test, verbose=0).argmax(1), zero_division=0))
