import keras
import numpy as np
from keras import layers
from sklearn.metrics import r2_score

rng = np.random.default_rng(33)
t = rng.uniform(-2, 2, (2000, 2)).astype("float32")
z = t[:, :1] ** 2 - t[:, 1:] ** 2 + 0.05 * rng.normal(size=(2000, 1))


class Surface(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = layers.Dense(64)
        self.b = layers.Dense(64)
        self.c = layers.Dense(1)

    def call(self, x):
        return self.c(self.b(self.a(x)))


s = Surface()
s.compile(keras.optimizers.Adam(0.003), "mean_squared_error")
s.fit(t[:1600], z[:1600], epochs=25, batch_size=32, verbose=0)
print("R2", r2_score(z[1600:], s.predict(t[1600:], verbose=0)))
