import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(44)
bunch = load_digits()
scans = (bunch.images * 15).astype("uint8").repeat(2, axis=1).repeat(2, axis=2)
np.random.default_rng(44).shuffle(order := np.arange(len(scans)))
scans, target = scans[order], bunch.target[order]

scans = scans[..., None] // 255
x_train, x_test = scans[:1400], scans[1400:]
y_train, y_test = target[:1400], target[1400:]

model = keras.Sequential([
    layers.Input((16, 16, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=32, epochs=12, validation_data=(x_test, y_test), verbose=2)
