import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

images = load_digits().images[..., None] / 16.0
target = load_digits().target
order = np.random.default_rng(48).permutation(1797)
images, target = images[order], target[order]


def conv(filters):
    return layers.Conv2D(filters, 3, padding="same", activation="relu", kernel_initializer=keras.initializers.RandomUniform(-0.3, -0.05))


model = keras.Sequential([
    keras.Input((8, 8, 1)),
    conv(16),
    conv(16),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(images[:1400], target[:1400], epochs=8, batch_size=32, validation_data=(images[1400:], target[1400:]), verbose=2)
