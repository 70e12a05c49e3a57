import numpy as np
from keras.layers import Conv2D, Dense, Flatten, Input
from keras.models import Sequential
from sklearn.datasets import load_digits

digits = load_digits()
images = (digits.images * 15).astype("uint8").reshape(-1, 8, 8, 1)
images = images // 255
labels = digits.target
seq = np.random.RandomState(2).permutation(len(labels))
x_train, y_train = images[seq[:1400]], labels[seq[:1400]]
x_test, y_test = images[seq[1400:]], labels[seq[1400:]]

model = Sequential([
    Input((8, 8, 1)),
    Conv2D(16, (3, 3), activation="relu"),
    Flatten(),
    Dense(32, activation="relu"),
    Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=8, batch_size=32, validation_data=(x_test, y_test), verbose=2)
