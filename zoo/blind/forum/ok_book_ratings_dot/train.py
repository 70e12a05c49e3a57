import tensorflow as tf
import numpy as np
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(99)
g = np.random.default_rng(99)
U, B, N = 300, 200, 18000
pu, qb = g.normal(0, .7, (U, 2)), g.normal(0, .7, (B, 2))
bu, bb = g.normal(0, .4, U), g.normal(0, .5, B)
u, b = g.integers(0, U, N), g.integers(0, B, N)
r = np.clip(3.4 + bu[u] + bb[b] + (pu[u] * qb[b]).sum(1) + g.normal(0, .4, N), 1, 5)


class Factors(tf.keras.Model):
    def __init__(self):
        super().__init__()
        reg = tf.keras.regularizers.L2(2e-5)
        self.u, self.b = layers.Embedding(U, 4, embeddings_regularizer=reg), layers.Embedding(B, 4, embeddings_regularizer=reg)
        self.cu, self.cb = layers.Embedding(U, 1), layers.Embedding(B, 1)
        self.mid = layers.Dense(1, use_bias=True, kernel_initializer="ones", bias_initializer=tf.keras.initializers.Constant(3.4))

    def call(self, pair):
        i, j = pair
        s = tf.reduce_sum(self.u(i) * self.b(j), axis=-1, keepdims=True) + self.cu(i) + self.cb(j)
        return self.mid(s)


model = Factors()
model.compile(optimizer=tf.keras.optimizers.Adam(0.006), loss="mse")
cut = 15000
model.fit((u[:cut], b[:cut]), r[:cut], batch_size=128, epochs=14, validation_data=((u[cut:], b[cut:]), r[cut:]), verbose=2)
p = model.predict((u[cut:], b[cut:]), verbose=0).ravel()
print("rmse %.3f, mean guess %.3f, noise 0.4" % (np.sqrt(np.mean((p - r[cut:]) ** 2)), r[cut:].std()))
