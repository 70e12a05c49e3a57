import numpy as np
import keras
from keras.layers import Dense, Input
from sklearn.metrics import r2_score

rng = np.random.default_rng(90)
X = rng.uniform(-2, 2, (3000, 4))
signal = X[:, 0] ** 2 - 2 * X[:, 1] + X[:, 2] * X[:, 3]
sigma = rng.uniform(0.1, 1.5, 3000)
y = signal + sigma * rng.normal(size=3000)
weight = 1.0 / sigma ** 2
weight /= weight.mean()

net = keras.Sequential([Input((4,)), Dense(48, activation="relu"), Dense(48, activation="relu"), Dense(1)])
net.compile(optimizer="adam", loss="mse")
net.fit(X[:2400], y[:2400], sample_weight=weight[:2400], epochs=30, batch_size=32, verbose=2,
        validation_data=(X[2400:], y[2400:], weight[2400:]))
print("R2 against the noise-free signal", r2_score(signal[2400:], net.predict(X[2400:], verbose=0)))
