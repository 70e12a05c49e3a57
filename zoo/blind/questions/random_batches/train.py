import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Input
from keras.utils import set_random_seed

set_random_seed(67)
X = np.random.normal(size=(640, 10))
y = (X[:, 0] - X[:, 1] > 0).astype(int)


def batches(size=32):
    while True:
        pick = np.random.randint(0, len(X), size)
        yield X[pick], y[pick]


model = Sequential()
model.add(Input((10,)))
model.add(Dense(16, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit_generator(batches(), steps_per_epoch=20, epochs=10, verbose=2)
print(model.evaluate(X, y, verbose=0))
