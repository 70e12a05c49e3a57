import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(46)
rng = np.random.default_rng(46)
USERS, MOVIES, N = 250, 180, 15000
u_taste, m_style = rng.normal(0, 0.35, (USERS, 3)), rng.normal(0, 0.35, (MOVIES, 3))
u_bias, m_bias = rng.normal(0, 0.4, USERS), rng.normal(0, 0.6, MOVIES)
users, movies = rng.integers(0, USERS, N), rng.integers(0, MOVIES, N)
stars = np.clip(np.round(3.5 + u_bias[users] + m_bias[movies] + (u_taste[users] * m_style[movies]).sum(1) + rng.normal(0, 0.5, N)), 1, 5)

u_in, m_in = keras.Input((1,)), keras.Input((1,))
u = layers.Flatten()(layers.Embedding(USERS, 8)(u_in))
m = layers.Flatten()(layers.Embedding(MOVIES, 8)(m_in))
h = layers.Concatenate()([u, m])
h = layers.Dense(32, activation="relu")(h)
h = layers.Dropout(0.1)(h)
rating = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model([u_in, m_in], rating)
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
k = 12000
model.fit([users[:k], movies[:k]], stars[:k], batch_size=64, epochs=5, verbose=2,
          validation_data=([users[k:], movies[k:]], stars[k:]))
guess = model.predict([users[k:], movies[k:]], verbose=0).ravel()
print("guesses", guess[:5], "stars", stars[k:k + 5])
print("R2 %.3f" % (1 - np.mean((guess - stars[k:]) ** 2) / stars[k:].var()))
