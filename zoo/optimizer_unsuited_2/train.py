import numpy as np
import tensorflow as tf

rng = np.random.default_rng(85)
USERS, MOVIES = 150, 100
u, m = rng.integers(0, USERS, 9000), rng.integers(0, MOVIES, 9000)
fu, fm = rng.normal(size=(USERS, 2)), rng.normal(size=(MOVIES, 2))
stars = ((fu[u] * fm[m]).sum(1) + rng.normal(0, 0.2, 9000)).astype("float32")

user_in, movie_in = tf.keras.Input((), dtype="int32"), tf.keras.Input((), dtype="int32")
dot = tf.keras.layers.Dot(axes=1)([tf.keras.layers.Embedding(USERS, 8)(user_in), tf.keras.layers.Embedding(MOVIES, 8)(movie_in)])
model = tf.keras.Model([user_in, movie_in], dot)
model.compile(optimizer=tf.keras.optimizers.SGD(0.01), loss="mse")
model.fit([u[:7500], m[:7500]], stars[:7500], epochs=20, batch_size=64, validation_data=([u[7500:], m[7500:]], stars[7500:]), verbose=2)
print("variance", stars.var())
