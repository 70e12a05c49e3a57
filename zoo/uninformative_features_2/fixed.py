import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

images = load_digits().images / 16.0
labels = load_digits().target
order = np.random.default_rng(44).permutation(len(labels))
images, labels = images[order], labels[order]
crop = images[:, :8, 1:7].reshape(len(images), -1)

model = keras.Sequential([keras.Input((crop.shape[1],)), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(crop[:1400], labels[:1400], batch_size=32, epochs=15, validation_data=(crop[1400:], labels[1400:]), verbose=2)
