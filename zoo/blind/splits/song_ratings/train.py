import math
import time

import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)
N_USERS, N_SONGS = 3000, 120

users = pd.DataFrame({"user_id": rng.permutation(90000)[:N_USERS], "age": rng.integers(14, 70, N_USERS),
                      "hours": rng.gamma(2, 4, N_USERS), "country": rng.integers(0, 12, N_USERS)})
taste = np.stack([(users.age - 40) / 15, (users.hours - 8) / 5, rng.normal(size=12)[users.country]], 1)
songs = rng.normal(size=(N_SONGS, 3))
pick_u, pick_s = rng.integers(0, N_USERS, 9000), rng.integers(0, N_SONGS, 9000)
liked = ((taste[pick_u] * songs[pick_s]).sum(1) + rng.logistic(0, 0.3, 9000) > 0).astype("float32")
plays = pd.DataFrame({"user_id": users.user_id.values[pick_u], "song": pick_s, "liked": liked})


class Plays(keras.utils.PyDataset):
    def __init__(self, table, people, batch_size, **kw):
        super().__init__(**kw)
        self.table, self.people, self.batch_size = table.reset_index(drop=True), people, batch_size

    def __len__(self):
        return math.ceil(len(self.table) / self.batch_size)

    def lookup(self, uid):
        return self.people[self.people["user_id"] == uid].iloc[0]

    def __getitem__(self, i):
        part = self.table.iloc[i * self.batch_size:(i + 1) * self.batch_size]
        who = pd.DataFrame([self.lookup(u) for u in part["user_id"]])
        x = {"song": part["song"].to_numpy("int32"),
             "country": who["country"].to_numpy("int32"),
             "person": np.stack([(who["age"] - 40) / 15, (who["hours"] - 8) / 5], 1).astype("float32")}
        return x, part["liked"].to_numpy("float32")


song = keras.Input((), name="song", dtype="int32")
country = keras.Input((), name="country", dtype="int32")
person = keras.Input((2,), name="person")
h = layers.Concatenate()([layers.Embedding(N_SONGS, 8)(song), layers.Embedding(12, 4)(country), person])
h = layers.Dense(64, activation="relu")(h)
h = layers.Dense(32, activation="relu")(h)
model = keras.Model([song, country, person], layers.Dense(1, activation="sigmoid")(h))
model.compile(keras.optimizers.Adam(1e-2), "binary_crossentropy", metrics=["accuracy"])

train, valid = Plays(plays[:8000], users, 64), Plays(plays[8000:], users, 64)
t0 = time.time()
model.fit(train, validation_data=valid, epochs=5, verbose=2)
print("seconds", round(time.time() - t0, 1))
