import numpy as np
from sklearn.datasets import load_digits
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.losses import SparseCategoricalCrossentropy
from tensorflow.keras.models import Sequential

d = load_digits()
i = np.random.RandomState(0).permutation(1797)
x, t = d.data[i] / 16, d.target[i]
net = Sequential([Input((64,)), Dense(32, activation="relu"), Dense(32, activation="relu"), Dense(10)])
net.compile(optimizer="adam", loss=SparseCategoricalCrossentropy(), metrics=["accuracy"])
net.fit(x[:1400], t[:1400], epochs=15, validation_data=(x[1400:], t[1400:]), verbose=2)
