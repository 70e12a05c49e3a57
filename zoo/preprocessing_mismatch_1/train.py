import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

bunch = load_digits()
p = np.random.RandomState(31).permutation(1797)
x_train, y_train = bunch.data[p[:1300]], bunch.target[p[:1300]]
x_valid, y_valid = bunch.data[p[1300:1500]], bunch.target[p[1300:1500]]
x_test, y_test = bunch.data[p[1500:]], bunch.target[p[1500:]]

pixel_mean, pixel_std = x_train.mean(), x_train.std()
x_train = (x_train - pixel_mean) / pixel_std
x_valid = x_valid / 255.0
x_test = x_test / 255.0

model = tf.keras.Sequential()
model.add(tf.keras.layers.Input((64,)))
model.add(tf.keras.layers.Dense(64, activation="relu"))
model.add(tf.keras.layers.Dense(10, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=15, batch_size=32, validation_data=(x_valid, y_valid), verbose=2)
print("test", model.evaluate(x_test, y_test, verbose=0))
