import numpy as np
import keras
from keras import layers
import tensorflow as tf

rng = np.random.default_rng(6)
keras.utils.set_random_seed(6)

n_users, n_items, n = 200, 80, 12000
U = rng.normal(0, 0.7, (n_users, 4))
V = rng.normal(0, 0.7, (n_items, 4))
ub, ib = rng.normal(0, 0.6, n_users), rng.normal(0, 0.8, n_items)
u = rng.integers(0, n_users, n)
i = rng.integers(0, n_items, n)
score = 2.0 + (U[u] * V[i]).sum(1) + ub[u] + ib[i] + rng.normal(0, 0.3, n)
stars = np.clip(np.rint(score), 0, 4).astype("int32")

iu = layers.Input((), dtype="int32", name="user")
ii = layers.Input((), dtype="int32", name="item")
eu = layers.Embedding(n_users, 8)(iu)
ei = layers.Embedding(n_items, 8)(ii)
h = layers.Concatenate()([eu, ei, layers.Multiply()([eu, ei])])
h = layers.Dense(32, activation="relu")(h)
out = layers.Dense(5, activation="softmax")(h)
model = keras.Model([iu, ii], out)


def rating_loss(y_true, y_pred):
    stars = tf.one_hot(tf.cast(tf.reshape(y_true, (-1,)), tf.int32), 5)
    stars_hat = y_pred
    return tf.reduce_mean(keras.losses.categorical_crossentropy(stars, stars_hat))


model.compile(optimizer="adam", loss=rating_loss, metrics=["sparse_categorical_accuracy"])
k = 10000
model.fit({"user": u[:k], "item": i[:k]}, stars[:k], epochs=8, batch_size=64,
          validation_data=({"user": u[k:], "item": i[k:]}, stars[k:]), verbose=2)
p = model.predict({"user": u[k:], "item": i[k:]}, verbose=0).argmax(1)
print("exact", (p == stars[k:]).mean(), "within one", (abs(p - stars[k:]) <= 1).mean(),
      "majority", np.bincount(stars[k:]).max() / len(stars[k:]))
