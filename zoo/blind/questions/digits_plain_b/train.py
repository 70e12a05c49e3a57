import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(122)
data = load_digits()
x = data.data.astype(np.float32) / 16
y = np.eye(10, dtype=np.float32)[data.target]
perm = np.random.permutation(len(x))
x, y = x[perm], y[perm]
EPOCHS = 20

x_train, y_train, x_test, y_test = x[:1500], y[:1500], x[1500:], y[1500:]
BATCH_SIZE = x_train.shape[0]
model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Input((64,)))
model.add(tf.keras.layers.Dense(64, activation="relu"))
model.add(tf.keras.layers.Dense(10, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=BATCH_SIZE, epochs=EPOCHS, validation_data=(x_test, y_test), verbose=2)
