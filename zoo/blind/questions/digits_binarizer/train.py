import numpy as np
import keras
from sklearn.datasets import load_digits
from sklearn.preprocessing import LabelBinarizer

keras.utils.set_random_seed(20)
digits = load_digits()
lb = LabelBinarizer()
Y = lb.fit_transform(digits.target)
X = digits.data / 16
rs = np.random.RandomState(20).permutation(len(X))
X, Y = X[rs], Y[rs]
model = keras.models.Sequential()
model.add(keras.layers.Input((64,)))
model.add(keras.layers.Dense(64, activation="relu"))
model.add(keras.layers.Dense(1, activation="relu"))
model.add(keras.layers.Dense(10, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["categorical_accuracy"])
model.fit(X, Y, epochs=20, batch_size=32, verbose=2, validation_split=0.25)
