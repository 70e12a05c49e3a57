import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(58)
rng = np.random.default_rng(58)

U, I, K = 400, 250, 4
pu, qi = rng.normal(0, 0.55, (U, K)), rng.normal(0, 0.55, (I, K))
bu, bi = rng.normal(0, 0.25, U), rng.normal(0, 0.45, I)
genre = np.maximum(qi, 0) + rng.normal(0, 0.1, qi.shape)
n = 20000
df = pd.DataFrame({"user": rng.integers(0, U, n), "item": rng.integers(0, I, n)})
df["rating"] = (3.4 + bu[df.user] + bi[df.item] + 1.5 * (pu[df.user] * qi[df.item]).sum(1) + rng.normal(0, 0.35, n)).clip(0.5, 5)

tr = df.sample(frac=0.8, random_state=0)
va = df.drop(tr.index)

user_in = keras.Input((1,), dtype="int32", name="user")
item_in = keras.Input((1,), dtype="int32", name="item")
genre_in = keras.Input((K,), name="genre")

u = layers.Flatten()(layers.Embedding(U, 8, embeddings_regularizer=keras.regularizers.L2(1e-6))(user_in))
i = layers.Flatten()(layers.Embedding(I, 8, embeddings_regularizer=keras.regularizers.L2(1e-6))(item_in))
i = layers.Concatenate()([i, layers.Dense(8, activation="relu")(genre_in)])

user_vec = layers.Dense(16)(layers.Dense(32, activation="relu")(u))
item_vec = layers.Dense(16)(layers.Dense(32, activation="relu")(i))
dot = layers.Dot(axes=1)([user_vec, item_vec])
head = layers.Concatenate()([dot, user_vec, item_vec])
score = layers.Dense(1, bias_initializer=keras.initializers.Constant(3.4))(layers.Dense(16, activation="relu")(head))

model = keras.Model([user_in, item_in, genre_in], score)
model.compile(keras.optimizers.Adam(3e-3), "mse", metrics=[keras.metrics.RootMeanSquaredError(name="rmse")])


def feed(d):
    return {"user": d.user.values[:, None], "item": d.item.values[:, None], "genre": genre[d.item.values]}


model.fit(feed(tr), tr.rating.values, validation_data=(feed(va), va.rating.values), epochs=13, batch_size=128, verbose=2)
for uid in (3, 77, 210):
    cand = pd.DataFrame({"user": uid, "item": np.arange(I)})
    top = model.predict(feed(cand), verbose=0).ravel().argsort()[::-1][:5]
    print("user", uid, "recommended", top)
