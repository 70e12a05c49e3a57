import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_friedman1
from sklearn.metrics import r2_score

X, y = make_friedman1(1800, n_features=6, noise=0.3, random_state=17)
y = (y - y.mean()) / y.std()


class Net(keras.Model):
    def __init__(self, widths):
        super().__init__()
        self.stack = [layers.Dense(w, activation="relu") for w in widths]
        self.out = layers.Dense(1)

    def call(self, x):
        for layer in self.stack:
            x = layer(x)
        return self.out(x)


net = Net([32, 32])
net.compile(optimizer="adam", loss="mse")
net.fit(X[:1500], y[:1500], epochs=25, batch_size=32, verbose=2, validation_data=(X[1500:], y[1500:]))
print("r2", r2_score(y[1500:], np.nan_to_num(net.predict(X[1500:], verbose=0))))
