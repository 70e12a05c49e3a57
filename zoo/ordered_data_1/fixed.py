import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
order = np.random.default_rng(5).permutation(1797)
x, y = x[order] / 16.0, y[order]
x_test, y_test = x[1400:], y[1400:]
by_class = np.argsort(y[:1400], kind="stable")
x_train, y_train = x[:1400][by_class], y[:1400][by_class]

model = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile(optimizer=keras.optimizers.SGD(0.1, momentum=0.9), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=32, epochs=15, shuffle=True, validation_data=(x_test, y_test), verbose=2)
