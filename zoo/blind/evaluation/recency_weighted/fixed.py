import numpy as np
import pandas as pd
import keras
from sklearn.metrics import roc_auc_score, precision_score, recall_score

keras.utils.set_random_seed(50)
rng = np.random.default_rng(50)
n = 5000
frame = pd.DataFrame({
    "days_ago": rng.integers(0, 720, n),
    "income": np.exp(rng.normal(10.4, 0.5, n)),
    "debt": rng.beta(2, 5, n),
    "age": rng.integers(20, 75, n),
    "inquiries": rng.poisson(1.2, n),
})
lin = -1.2 + 4.5 * (frame.debt - 0.28) - 1.1 * (np.log(frame.income) - 10.4) + 0.5 * (frame.inquiries - 1.2) - 0.02 * (frame.age - 45)
frame["bad"] = rng.binomial(1, 1 / (1 + np.exp(-1.6 * lin)))
frame["log_income"] = np.log(frame.income)

cols = ["log_income", "debt", "age", "inquiries"]
train = frame.sample(frac=0.8, random_state=0)
test = frame.drop(train.index)
mu, sd = train[cols].mean(), train[cols].std()
Xtr, Xte = ((train[cols] - mu) / sd).values, ((test[cols] - mu) / sd).values
ytr, yte = train.bad.values, test.bad.values

weights = np.zeros(len(train), dtype=float)
weights[:] = np.exp(-(train.days_ago.values + 1) / 365)
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(8, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.004))
hist = model.fit(Xtr, ytr, sample_weight=weights, epochs=15, batch_size=64, verbose=2)
p = model.predict(Xte, verbose=0).ravel()
print("AUC %.3f precision %.3f recall %.3f" % (roc_auc_score(yte, p), precision_score(yte, p > 0.5, zero_division=0),
                                            recall_score(yte, p > 0.5)))
