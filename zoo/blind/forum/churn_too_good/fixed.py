import keras
import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

keras.utils.set_random_seed(90)


def customers(n, seed, closed_books=True):
    r = np.random.default_rng(seed)
    d = pd.DataFrame({"tenure": r.gamma(2, 14, n), "monthly": r.normal(62, 20, n), "calls": r.poisson(1.4, n),
                      "contract": r.choice([0, 1, 2], n, p=[.55, .25, .2]), "fiber": r.binomial(1, .45, n)})
    z = 0.55 * d.calls - 0.035 * d.tenure - 0.9 * d.contract + 0.7 * d.fiber + 0.012 * (d.monthly - 62) - 0.5
    d["churn"] = (r.random(n) < 1 / (1 + np.exp(-z))).astype(int)
    d["final_invoice"] = np.where(d.churn == 1, r.gamma(4, 20, n), 0) if closed_books else 0.0
    return d


history, today = customers(4000, 1), customers(2000, 2, closed_books=False)
cols = ["tenure", "monthly", "calls", "contract", "fiber"]
mu, sd = history[cols].mean(), history[cols].std()
X = ((history[cols] - mu) / sd).values
y = history["churn"].values

model = keras.Sequential([keras.Input((len(cols),)), keras.layers.Dense(32, activation="relu"),
                          keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=[keras.metrics.AUC(name="auc")])
model.fit(X[:3200], y[:3200], epochs=15, batch_size=64, validation_data=(X[3200:], y[3200:]), verbose=2)
p = model.predict(((today[cols] - mu) / sd).values, verbose=0).ravel()
print("AUC among today's customers: %.3f" % roc_auc_score(today["churn"], p))
