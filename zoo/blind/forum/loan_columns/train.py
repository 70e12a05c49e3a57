import keras
import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import roc_auc_score


def read_loans(n=3000, seed=52):
    g = np.random.default_rng(seed)
    t = pd.DataFrame({
        "loan_id": g.permutation(np.arange(100000, 100000 + n)),
        "branch": g.integers(1, 40, n),
        "clerk": g.integers(1, 300, n),
        "weekday": g.integers(0, 5, n),
        "income": np.exp(g.normal(10.3, 0.45, n)),
        "amount": np.exp(g.normal(9.4, 0.6, n)),
        "years_employed": g.gamma(2, 4, n),
        "late_payments": g.poisson(0.8, n),
    })
    burden = t.amount / t.income
    z = 2.2 * (np.log(burden) + 0.9) + 0.9 * t.late_payments - 0.12 * t.years_employed - 0.3
    t["default"] = (g.random(n) < 1 / (1 + np.exp(-1.3 * z))).astype(int)
    return t


keras.utils.set_random_seed(52)
table = read_loans()
X = table.iloc[:, 0:4].values
y = table["default"].values
cut = 2400
sc = StandardScaler().fit(X[:cut])
Xa, Xb = sc.transform(X[:cut]), sc.transform(X[cut:])

model = keras.Sequential([keras.Input((Xa.shape[1],)), keras.layers.Dense(16, activation="relu"),
                          keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(Xa, y[:cut], epochs=20, batch_size=32, validation_data=(Xb, y[cut:]), verbose=2)
print("AUC", roc_auc_score(y[cut:], model.predict(Xb, verbose=0).ravel()), "share of defaults", y.mean())
