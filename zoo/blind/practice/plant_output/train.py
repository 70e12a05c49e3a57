import numpy as np
import keras
from sklearn.preprocessing import StandardScaler


class PlantNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.h1 = keras.layers.Dense(40, activation="relu")
        self.h2 = keras.layers.Dense(20, activation="relu")
        self.out = keras.layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.out(self.h2(self.h1(x)))


def readings(n, rng):
    temp = rng.uniform(2, 36, n)
    vacuum = 25 + 1.5 * temp * rng.uniform(0.6, 1.0, n) + rng.normal(0, 3, n)
    pressure = rng.normal(1013, 6, n)
    hum = np.clip(rng.normal(95 - 1.0 * temp, 12, n), 20, 100)
    mw = 497 - 1.75 * temp - 0.25 * (vacuum - 50) + 0.06 * (pressure - 1013) - 0.15 * hum + rng.normal(0, 3.5, n)
    return np.c_[temp, vacuum, pressure, hum], mw[:, None]


keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)
X, Y = readings(5000, rng)
sx, sy = StandardScaler().fit(X[:4000]), StandardScaler().fit(Y[:4000])
Xs, Ys = sx.transform(X), sy.transform(Y)

model = PlantNet()
model.compile(optimizer="adam", loss="mse")
model.fit(Xs[:4000], Ys[:4000], epochs=20, batch_size=32, validation_data=(Xs[4000:], Ys[4000:]), verbose=2)

pred = sy.inverse_transform(model.predict(Xs[4000:], verbose=0))
err = pred - Y[4000:]
print("RMSE MW %.2f  bias %.2f  R2 %.3f" % (np.sqrt((err ** 2).mean()), err.mean(), 1 - (err ** 2).mean() / Y[4000:].var()))
