import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(61)
X, y = load_digits(return_X_y=True)
X = (X / 16).astype("float32").reshape(-1, 8, 8, 1)
mix = np.random.permutation(len(X))
X, y = X[mix], y[mix]
inp = keras.Input((8, 8, 1))
z = layers.Flatten()(inp)
for width in (64, 32):
    z = layers.Dense(width)(z)
    z = layers.BatchNormalization()(z)
    z = layers.Activation("relu")(z)
model = keras.Model(inp, layers.Dense(10, activation="softmax")(z))
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1500], y[:1500], epochs=10, batch_size=50, validation_data=(X[1500:], y[1500:]), validation_batch_size=50, verbose=2)

right = 0
for image, label in zip(X[1500:1600], y[1500:1600]):
    answer = model(image[None])
    right += int(np.argmax(answer)) == label
print("single images right:", right, "of 100, last answer", np.round(answer, 2))
