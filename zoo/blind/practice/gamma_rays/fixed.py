import numpy as np
import keras
from keras.layers import Dense, Input

np.random.seed(6)
keras.utils.set_random_seed(6)


def showers(n):
    kind = np.random.rand(n) < 0.5
    length = np.random.gamma(4, np.where(kind, 8, 13))
    width = length * np.random.beta(3, np.where(kind, 6, 4)) + 4
    size = np.random.normal(2.8, 0.4, n) + 0.1 * kind
    alpha = np.where(kind, np.random.exponential(14, n), np.random.uniform(0, 90, n)).clip(0, 90)
    dist = np.random.normal(190, 60, n)
    return np.c_[length, width, size, alpha, dist], kind.astype(int)


X, y = showers(6000)
X = (X - X.mean(0)) / X.std(0)

# mix before cutting off the test part
mix = np.random.permutation(len(X))
X, y = X[mix], y[mix]
cut = int(0.8 * len(X))

model = keras.Sequential([Input((5,)), Dense(32, activation="relu"), Dense(16, activation="relu"),
                          Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X[:cut], y[:cut], batch_size=64, epochs=20, validation_data=(X[cut:], y[cut:]), verbose=2)
score = model.evaluate(X[cut:], y[cut:], verbose=0)
print("Test score:", score[0], "Test accuracy:", score[1])
