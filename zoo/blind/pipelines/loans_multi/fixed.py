import numpy as np
import pandas as pd
import tensorflow as tf
import keras

keras.utils.set_random_seed(30)
rs = np.random.RandomState(30)

N = 8000
loans = pd.DataFrame({
    "income": rs.lognormal(10.4, 0.45, N),
    "age": rs.randint(20, 70, N),
    "amount": rs.lognormal(9.2, 0.6, N),
    "term": rs.choice([24, 36, 48, 60], N),
    "open_accounts": rs.poisson(6, N),
    "late_30d": rs.poisson(0.6, N),
})
burden = np.log(loans.amount / loans.term * 12 / loans.income)
score = 0.9 * (burden + 2.3) + 0.55 * loans.late_30d - 0.02 * (loans.age - 45) - 1.1 + rs.logistic(0, 1, N) * 0.9
loans["default"] = (score > 0).astype(int)
# bookings per account
paid_share = np.where(loans.default == 1, rs.beta(3, 4, N), rs.beta(9, 1.6, N))
loans["total_rec_prncp"] = loans.amount * paid_share
loans["last_pymnt_amnt"] = np.where(loans.default == 1, rs.gamma(2, 60, N), rs.gamma(2, 160, N))

def prepare(df):
    out = df.copy()
    for c in ("income", "amount", "total_rec_prncp", "last_pymnt_amnt"):
        out[c] = np.log1p(out[c])
    out["installment"] = np.log(df.amount / df.term)
    return out

features = ["income", "age", "amount", "term", "open_accounts", "late_30d", "installment"]
table = prepare(loans)
idx = rs.permutation(N)
tr, va, te = idx[:5600], idx[5600:6800], idx[6800:]
X = table[features].values.astype("float32")
X = (X - X[tr].mean(0)) / X[tr].std(0)
y = table["default"].values.astype("float32")

def ds(i, train=False):
    d = tf.data.Dataset.from_tensor_slices((X[i], y[i]))
    if train:
        d = d.shuffle(len(i))
    return d.batch(128).prefetch(2)

net = keras.Sequential([keras.layers.Input((len(features),)),
                        keras.layers.Dense(32, "relu"),
                        keras.layers.Dropout(0.1),
                        keras.layers.Dense(16, "relu"),
                        keras.layers.Dense(1, "sigmoid")])
net.compile("adam", "binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(name="auc")])
net.fit(ds(tr, True), validation_data=ds(va), epochs=15, verbose=2)
print(dict(zip(net.metrics_names, net.evaluate(ds(te), verbose=0))), net.evaluate(ds(te), verbose=0))
