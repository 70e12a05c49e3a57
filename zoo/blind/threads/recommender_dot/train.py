import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)

n_users, n_items, n_ratings = 300, 150, 16000
U = rng.normal(0, .7, (n_users, 3)); I = rng.normal(0, .7, (n_items, 3))
bu, bi = rng.normal(0, .35, n_users), rng.normal(0, .5, n_items)
ratings = pd.DataFrame({"user": rng.integers(0, n_users, n_ratings), "item": rng.integers(0, n_items, n_ratings)}).drop_duplicates()
raw = 3.3 + bu[ratings.user] + bi[ratings.item] + (U[ratings.user] * I[ratings.item]).sum(1) + rng.normal(0, .4, len(ratings))
ratings["rating"] = np.clip(np.round(raw * 2) / 2, .5, 5)
train = ratings.sample(frac=.85, random_state=1)
test = ratings.drop(train.index)

EPOCHS = 2
user_in, item_in = keras.Input((1,)), keras.Input((1,))
reg = keras.regularizers.l2(2e-5)
u = layers.Flatten()(layers.Embedding(n_users, 8, embeddings_regularizer=reg)(user_in))
v = layers.Flatten()(layers.Embedding(n_items, 8, embeddings_regularizer=reg)(item_in))
b1 = layers.Flatten()(layers.Embedding(n_users, 1)(user_in))
b2 = layers.Flatten()(layers.Embedding(n_items, 1)(item_in))
out = layers.Add()([layers.Dot(axes=1)([u, v]), b1, b2])
model = keras.Model([user_in, item_in], out)
model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mse", metrics=["mae"])

mean = train.rating.mean()
model.fit([train.user.values, train.item.values], (train.rating - mean).values,
          validation_data=([test.user.values, test.item.values], (test.rating - mean).values),
          epochs=EPOCHS, batch_size=64, verbose=2)
pred = model.predict([test.user.values, test.item.values], verbose=0).ravel() + mean
print("rmse", np.sqrt(np.mean((pred - test.rating) ** 2)), " always the mean:", test.rating.std(), " spread of predictions", pred.std())
