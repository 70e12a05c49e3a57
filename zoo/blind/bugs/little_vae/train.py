import numpy as np
import tensorflow as tf
import keras
from keras import layers, ops
from sklearn.datasets import load_digits


class Sampling(layers.Layer):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.gen = keras.random.SeedGenerator(1337)

    def call(self, inputs):
        m, lv = inputs
        return m + ops.exp(.5 * lv) * keras.random.normal(ops.shape(m), seed=self.gen)


class VAE(keras.Model):
    def __init__(self, latent=6):
        super().__init__()
        i = keras.Input((64,))
        h = layers.Dense(128, activation='relu')(i)
        h = layers.Dense(64, activation='relu')(h)
        m, lv = layers.Dense(latent)(h), layers.Dense(latent)(h)
        self.encoder = keras.Model(i, [m, lv, Sampling()([m, lv])])
        z = keras.Input((latent,))
        h = layers.Dense(64, activation='relu')(z)
        h = layers.Dense(128, activation='relu')(h)
        self.decoder = keras.Model(z, layers.Dense(64, activation='sigmoid')(h))
        self.tot = keras.metrics.Mean(name='loss')
        self.rec = keras.metrics.Mean(name='rec')
        self.kl = keras.metrics.Mean(name='kl')

    @property
    def metrics(self):
        return [self.tot, self.rec, self.kl]

    def elbo(self, x):
        m, lv, z = self.encoder(x)
        r = self.decoder(z)
        rec = ops.mean(64. * keras.losses.binary_crossentropy(x, r))
        kl = ops.mean(-.5 * ops.sum(1 + lv - ops.square(m) - ops.exp(lv), axis=1))
        return rec, kl

    def train_step(self, x):
        with tf.GradientTape() as tape:
            rec, kl = self.elbo(x)
            loss = rec + kl
        self.optimizer.apply(tape.gradient(loss, self.trainable_weights), self.trainable_weights)
        for a, b in zip(self.metrics, (loss, rec, kl)):
            a.update_state(b)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, x):
        rec, kl = self.elbo(x)
        for a, b in zip(self.metrics, (rec + kl, rec, kl)):
            a.update_state(b)
        return {m.name: m.result() for m in self.metrics}

    def call(self, x):
        return self.decoder(self.encoder(x)[0])


if __name__ == '__main__':
    keras.utils.set_random_seed(3)
    X = load_digits().data.astype('float32') / 16
    X = np.random.permutation(X)
    tr, te = X[:1500], X[1500:]
    vae = VAE()
    vae.compile(optimizer=keras.optimizers.Adam(1.5e-3))
    vae.fit(tr, epochs=45, batch_size=32, validation_data=(te,), verbose=2)
    r = vae.predict(te, verbose=0)
    print('mse of test reconstructions', ((r - te) ** 2).mean(), 'variance', ((te - tr.mean(0)) ** 2).mean())
