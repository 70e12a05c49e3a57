import keras
import numpy as np
import pandas as pd
from keras import layers
from sklearn.metrics import r2_score
from sklearn.preprocessing import StandardScaler


def load(n=3000, seed=64):
    r = np.random.default_rng(seed)
    t = pd.DataFrame({"followers": 10 ** r.normal(3, 1.2, n), "views": 10 ** r.normal(4, 1.2, n), "posts": r.poisson(30, n)})
    engagement = 0.8 * np.log10(t.followers) - 0.5 * np.log10(t.views) + 0.02 * t.posts
    t["engagement"] = (engagement - engagement.mean()) / engagement.std() + r.normal(0, 0.1, n)
    return t


table = load()
table["followers"], table["views"] = np.log1p(table["followers"]), np.log1p(table["views"])
names = ["followers", "views", "posts"]
scaler = StandardScaler().fit(table[names][:2400])
inputs = scaler.transform(table[names])
y = table["engagement"].values

net = keras.Sequential([keras.Input((3,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1)])
net.compile(keras.optimizers.Adam(0.001), loss="mse")
net.fit(inputs[:2400], y[:2400], epochs=20, batch_size=32, validation_split=0.1, verbose=2)
print("R2", r2_score(y[2400:], net.predict(inputs[2400:], verbose=0)))
