import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler

X, t = load_breast_cancer(return_X_y=True)
X = StandardScaler().fit_transform(X)
y = np.where(t == 1, 1.0, -1.0)[:, None]
order = np.random.default_rng(26).permutation(len(X))
X, y = X[order], y[order]
model = keras.Sequential([keras.Input((30,)), layers.Dense(16, activation="relu"), layers.Dense(1, activation="tanh")])
model.compile("adam", "squared_hinge", metrics=[keras.metrics.BinaryAccuracy(name="accuracy")])
model.fit(X[:450], y[:450], epochs=25, batch_size=16, validation_data=(X[450:], y[450:]), verbose=2)
print("right side of zero", float(np.mean(np.sign(model.predict(X[450:], verbose=0)) == y[450:])))
