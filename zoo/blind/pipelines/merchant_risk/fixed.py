import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(9)
rng = np.random.default_rng(9)

n = 6000
merchant = rng.integers(0, 2500, n)
amount = rng.gamma(1.5, 60, n)
hour = rng.integers(0, 24, n)
night = ((hour < 6) | (hour > 22)).astype(float)
foreign = (rng.random(n) < 0.15).astype(float)
risk = rng.normal(0, 0.4, 2500)
z = -1.2 + risk[merchant] + 0.9 * night + 1.1 * foreign + 0.004 * (amount - 90)
chargeback = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)

tx = pd.DataFrame(dict(merchant=merchant, amount=amount, night=night, foreign=foreign, chargeback=chargeback))


def add_merchant_rate(frame, source):
    g = source.groupby("merchant")["chargeback"]
    rate = g.mean()
    frame = frame.copy()
    frame["merchant_rate"] = frame["merchant"].map(rate).fillna(source["chargeback"].mean())
    return frame


def add_merchant_rate_oof(frame, folds=5):
    parts = []
    order = np.arange(len(frame)) % folds
    for k in range(folds):
        parts.append(add_merchant_rate(frame[order == k], frame[order != k]))
    return pd.concat(parts).loc[frame.index]


train, test = train_test_split(tx, test_size=0.25, random_state=4)
test = add_merchant_rate(test, train)
train = add_merchant_rate_oof(train)

cols = ["amount", "night", "foreign", "merchant_rate"]
mean, std = train[cols].mean(), train[cols].std()
Xtr, Xte = (train[cols] - mean) / std, (test[cols] - mean) / std

model = keras.Sequential([
    keras.Input((len(cols),)),
    layers.Dense(24, activation="relu"),
    layers.Dense(12, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(Xtr, train.chargeback, validation_data=(Xte, test.chargeback), epochs=12, batch_size=64, verbose=2)
print("AUC", roc_auc_score(test.chargeback, model.predict(Xte, verbose=0)[:, 0]))
