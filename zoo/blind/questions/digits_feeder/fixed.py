import math
import numpy as np
import keras
from sklearn.datasets import load_digits

keras.utils.set_random_seed(9)
digits = load_digits()
X = (digits.data / 16).astype("float32")
y = digits.target
perm = np.random.permutation(len(X))
X, y = X[perm], y[perm]


class Feeder(keras.utils.PyDataset):
    def __init__(self, x, y, size):
        super().__init__(workers=1)
        self.x, self.y, self.size = x, y, size
        self.pos = 0

    def __len__(self):
        return math.ceil(len(self.x) / self.size)

    def __getitem__(self, index):
        low = index * self.size
        high = min(low + self.size, len(self.x))
        return self.x[low:high], self.y[low:high]


train = Feeder(X[:1400], y[:1400], 32)
model = keras.Sequential([keras.layers.Input((64,)), keras.layers.Dense(64, activation="relu"),
                          keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="softmax")])
model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["acc"])
model.fit(train, epochs=12, validation_data=(X[1400:], y[1400:]), verbose=2)
