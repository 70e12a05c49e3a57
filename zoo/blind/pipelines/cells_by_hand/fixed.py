import numpy as np
import tensorflow as tf
from tensorflow import keras
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(54)

bunch = load_breast_cancer()
X, y = bunch.data, bunch.target
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=54, stratify=y)
mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
X_train, X_test = (X_train - mu) / sigma, (X_test - mu) / sigma

model = keras.Sequential([
    keras.layers.Input((30,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy")
for epoch in range(25):
    perm = np.random.permutation(len(X_train))
    total = 0.0
    for i in range(0, len(perm), 16):
        total += model.train_on_batch(X_train[perm[i:i + 16]], y_train[perm[i:i + 16]])
    pred = np.round(model.predict(X_test, verbose=0)).ravel()
    correct = (pred == y_test)
    print("epoch", epoch, "loss", total / len(range(0, len(perm), 16)), "accuracy", correct.mean())

print("test loss", model.evaluate(X_test, y_test, verbose=0))
print("final accuracy", np.mean(np.round(model.predict(X_test, verbose=0)).ravel() == y_test))
