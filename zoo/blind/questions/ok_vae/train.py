import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import load_digits

keras.utils.set_random_seed(109)
X = (load_digits().data / 16).astype("float32")
X_train, X_test = X[:1500], X[1500:]


class VAE(keras.Model):
    def __init__(self, latent=10):
        super().__init__()
        self.enc = keras.Sequential([layers.Dense(64, activation="relu"), layers.Dense(2 * latent)])
        self.dec = keras.Sequential([layers.Dense(64, activation="relu"), layers.Dense(64, activation="sigmoid")])
        self.seed = keras.random.SeedGenerator(1)

    def call(self, x):
        mu, logvar = ops.split(self.enc(x), 2, axis=1)
        z = mu + ops.exp(0.5 * logvar) * keras.random.normal(ops.shape(mu), seed=self.seed)
        self.add_loss(ops.mean(0.5 * ops.sum(ops.exp(logvar) + ops.square(mu) - 1 - logvar, axis=1)))
        return self.dec(z)


def pixels(x, r):
    r = ops.clip(r, 1e-6, 1 - 1e-6)
    return -ops.sum(x * ops.log(r) + (1 - x) * ops.log(1 - r), axis=1)


vae = VAE()
vae.compile(keras.optimizers.Adam(0.003), loss=pixels)
vae.fit(X_train, X_train, epochs=50, batch_size=32, validation_data=(X_test, X_test), verbose=2)
print("squared error", ((vae.predict(X_test, verbose=0) - X_test) ** 2).mean(), "of", X_test.var(0).mean())
