import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(56)
rng = np.random.default_rng(56)
n = 7000
df = pd.DataFrame({
    "income": np.exp(rng.normal(8, .5, n)).round(), "debt": np.exp(rng.normal(7.5, 1.0, n)).round(),
    "late": rng.poisson(.4, n), "age": rng.integers(20, 75, n), "years": rng.gamma(2, 3, n).round(1),
    "purpose": rng.choice(["car", "home", "study", "other"], n)})
ratio = np.log(df.debt / df.income)
z = -2.0 + 1.2 * ratio + 0.7 * df.late - 0.06 * df.years + 0.4 * (df.purpose == "study")
df["default"] = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)
df.loc[rng.random(n) < 0.06, "years"] = np.nan

y = df.pop("default").to_numpy("float32")
df["income"], df["debt"] = np.log(df["income"]), np.log(df["debt"])
df["years_known"] = df["years"].notna().astype(float)
df = pd.get_dummies(df, columns=["purpose"])
tr, te, y_tr, y_te = train_test_split(df, y, test_size=0.3, stratify=y, random_state=56)
median = tr["years"].median()
tr, te = tr.fillna({"years": median}).astype("float32"), te.fillna({"years": median}).astype("float32")
mu, sd = tr.mean(), tr.std()
tr, te = ((tr - mu) / sd).to_numpy(), ((te - mu) / sd).to_numpy()

model = tf.keras.Sequential([
    tf.keras.Input((tr.shape[1],)),
    tf.keras.layers.Dense(16, activation="relu", kernel_regularizer=tf.keras.regularizers.l2(1e-4)),
    tf.keras.layers.Dense(1, activation="sigmoid", bias_initializer=tf.keras.initializers.Constant(
        float(np.log(y_tr.mean() / (1 - y_tr.mean()))))),
])
model.compile("adam", "binary_crossentropy", metrics=[tf.keras.metrics.AUC(name="auc")])
model.fit(tr, y_tr, batch_size=64, epochs=20, validation_split=0.2, verbose=2)
p = model.predict(te, verbose=0)[:, 0]
q = LogisticRegression(max_iter=500).fit(tr, y_tr).predict_proba(te)[:, 1]
worst = np.argsort(-p)[:len(p) // 10]
print("defaults %.3f of all, %.3f in the riskiest tenth" % (y_te.mean(), y_te[worst].mean()))
print("auc net %.3f logistic %.3f, average precision %.3f" % (roc_auc_score(y_te, p), roc_auc_score(y_te, q),
                                                           average_precision_score(y_te, p)))
print("mean forecast %.3f" % p.mean())
