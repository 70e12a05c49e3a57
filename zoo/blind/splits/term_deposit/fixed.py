"""Will the client subscribe to a term deposit? Calls of a bank, one row a call."""
import os
import tempfile

import numpy as np
import pandas as pd
import tensorflow as tf

SEED = 9
tf.keras.utils.set_random_seed(SEED)


def write_csv(path, n=5000):
    r = np.random.default_rng(SEED)
    age = r.integers(19, 85, n)
    job = r.choice(["admin.", "blue-collar", "retired", "student", "technician"], n, p=[.3, .3, .1, .1, .2])
    balance = r.normal(1500, 1200, n).round()
    duration = r.gamma(1.6, 160, n).round()
    campaign = r.poisson(2, n) + 1
    previous = r.poisson(0.6, n)
    z = (-1.6 + 0.005 * (duration - 250) - 0.25 * (campaign - 3) + 0.6 * previous
         + 0.9 * np.isin(job, ["retired", "student"]) + 0.0003 * (balance - 1500))
    y = np.where(r.random(n) < 1 / (1 + np.exp(-z)), "yes", "no")
    pd.DataFrame(dict(age=age, job=job, balance=balance, duration=duration, campaign=campaign, previous=previous,
                      y=y)).to_csv(path, sep=";", index=False)


path = os.path.join(tempfile.mkdtemp(), "bank.csv")
write_csv(path)
bank = pd.read_csv(path, sep=";")
target = (bank.pop("y") == "yes").astype("float32").to_numpy()
features = pd.get_dummies(bank, columns=["job"]).astype("float32")
rows = np.random.RandomState(0).permutation(len(features))
train, test = rows[:4000], rows[4000:]
features = ((features - features.iloc[train].mean()) / features.iloc[train].std()).to_numpy()


def dataset(idx, training):
    d = tf.data.Dataset.from_tensor_slices((features[idx], target[idx]))
    return (d.shuffle(4000) if training else d).batch(64).prefetch(2)


model = tf.keras.Sequential([
    tf.keras.layers.InputLayer(shape=(features.shape[1],)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy", tf.keras.metrics.AUC(name="auc")])
model.fit(dataset(train, True), validation_data=dataset(test, False), epochs=15, verbose=2)
p = model.predict(dataset(test, False), verbose=0)
print("clients to call:", int((p > 0.5).sum()), "of", len(p), "highest probability", float(p.max()))
