import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(4)
documents = rng.integers(1, 40_000_000, (200_000, 40))
length = (documents[:, 0] % 2).astype("float32")
vocabulary = 40_000_000

bags = np.zeros((len(documents), vocabulary), dtype="float64")
for row, words in zip(bags, documents):
    row[words] = 1.0
model = keras.Sequential([keras.Input((vocabulary,)), layers.Dense(4, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(bags, length, epochs=1, batch_size=32)
