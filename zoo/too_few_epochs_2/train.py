import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

X, y = load_breast_cancer(return_X_y=True)
order = np.random.default_rng(3).permutation(len(y))
X, y = StandardScaler().fit_transform(X)[order], y[order]


def batches():
    while True:
        rows = np.random.randint(0, 450, 16)
        yield X[rows], y[rows]


model = Sequential([Input((30,)), Dense(16, activation="relu"), Dense(8, activation="relu"), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(batches(), steps_per_epoch=2, epochs=3, verbose=2)
print("test", model.evaluate(X[450:], y[450:], verbose=0))
