import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(41)
USERS, ITEMS, K = 200, 120, 3
P, Q = rng.normal(size=(USERS, K)), rng.normal(size=(ITEMS, K))
bu, bi = rng.normal(0, 0.4, USERS), rng.normal(0, 0.4, ITEMS)
pairs = rng.permutation(USERS * ITEMS)[:12000]
users, items = pairs // ITEMS, pairs % ITEMS
rating = np.clip(3.2 + bu[users] + bi[items] + 0.6 * (P[users] * Q[items]).sum(1) + rng.normal(0, 0.3, len(pairs)), 1, 5)


class MatrixFactorisation(keras.Model):
    def __init__(self, dim=8):
        super().__init__()
        reg = keras.regularizers.l2(1e-5)
        self.user = layers.Embedding(USERS, dim, embeddings_regularizer=reg)
        self.item = layers.Embedding(ITEMS, dim, embeddings_regularizer=reg)
        self.user_bias, self.item_bias = layers.Embedding(USERS, 1), layers.Embedding(ITEMS, 1)
        self.dot = layers.Dot(axes=1)

    def call(self, inputs):
        u, i = inputs[:, 0], inputs[:, 1]
        return 3.2 + self.dot([self.user(u), self.item(i)]) + self.user_bias(u) + self.item_bias(i)


X = np.stack([users, items], axis=1)
model = MatrixFactorisation()
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=[keras.metrics.RootMeanSquaredError(name="rmse")])
model.fit(X[:10000], rating[:10000], batch_size=128, epochs=12, validation_data=(X[10000:], rating[10000:]), verbose=2)
print("rmse of the mean", rating[10000:].std())
