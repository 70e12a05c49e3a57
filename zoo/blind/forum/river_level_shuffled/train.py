"""Level of a river one week ahead, from the last 30 days."""
import keras
import numpy as np
from keras import layers
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(95)
rng = np.random.default_rng(95)
T = 3000
level = np.zeros(T)
for t in range(1, T):
    level[t] = 0.97 * level[t - 1] + rng.normal(0, 0.25)
level = (level - level[:2000].mean()) / level[:2000].std()
past, ahead = 30, 20
X = np.array([level[t - past:t] for t in range(past, T - ahead)])
Y = np.array([level[t:t + ahead].mean() for t in range(past, T - ahead)])
known, fresh = np.arange(2000), np.arange(2000 + ahead, len(X))

train, valid = train_test_split(known, test_size=0.2, shuffle=True, random_state=95)

model = keras.Sequential([layers.Input((X.shape[1],)), layers.Dense(128, activation="relu"), layers.Dropout(0.2),
                          layers.Dense(64, activation="relu"), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(X[train], Y[train], epochs=30, batch_size=32, validation_data=(X[valid], Y[valid]), verbose=2)


def r2(rows):
    e = model.predict(X[rows], verbose=0).ravel() - Y[rows]
    return 1 - np.mean(e ** 2) / Y[rows].var()


print("R2 validation %.3f, on the days after %.3f" % (r2(valid), r2(fresh)))
