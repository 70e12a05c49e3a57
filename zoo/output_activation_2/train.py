import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score

x, y = load_digits(return_X_y=True)
order = np.random.RandomState(14).permutation(1797)
x, y = x[order] / 16, keras.utils.to_categorical(y[order], 10)
keras.utils.set_random_seed(14)
inputs = keras.Input((64,))
h = layers.Dense(64, activation="relu")(inputs)
h = layers.Dense(64, activation="relu")(h)
classes = layers.Dense(10, activation="relu")(h)
model = keras.Model(inputs, classes)
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], y[:1400], epochs=12, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
print(accuracy_score(y[1400:].argmax(1), model.predict(x[1400:], verbose=0).argmax(1)))
