import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.metrics import average_precision_score, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(83)
rng = np.random.default_rng(83)

n = 12000
df = pd.DataFrame({
    "temp": rng.normal(70, 8, n), "load": rng.beta(3, 2, n), "hours": rng.gamma(2, 900, n),
    "vibration": rng.gamma(3, 0.6, n), "plant": rng.choice(list("ABC"), n),
})
z = 0.11 * (df.temp - 70) + 2.5 * (df.load - 0.6) + 0.0005 * (df.hours - 1800) + 1.1 * (df.vibration - 1.8) + df.plant.map({"A": 0, "B": .4, "C": -.3}) - 4.4
df["failure"] = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)
print("failure rate", df.failure.mean())

X = pd.get_dummies(df.drop(columns="failure"), columns=["plant"]).astype("float32")
y = df.failure.to_numpy()
X_tr, X_te, y_tr, y_te = train_test_split(X, y, test_size=.25, stratify=y, random_state=0)
num = ["temp", "load", "hours", "vibration"]
m, s = X_tr[num].mean(), X_tr[num].std()
X_tr, X_te = X_tr.copy(), X_te.copy()
X_tr[num], X_te[num] = (X_tr[num] - m) / s, (X_te[num] - m) / s

net = keras.Sequential([layers.Input((X.shape[1],)), layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
net.compile(keras.optimizers.Adam(2e-3), "binary_crossentropy",
            metrics=[keras.metrics.AUC(name="auc"), keras.metrics.Recall(name="recall")])
net.fit(X_tr.values, y_tr, validation_data=(X_te.values, y_te), epochs=12, batch_size=128,
        class_weight={0: 1.0, 1: float((1 - y_tr.mean()) / y_tr.mean())}, verbose=2)
p = net.predict(X_te.values, verbose=0).ravel()
print("AUC", roc_auc_score(y_te, p), "AP", average_precision_score(y_te, p), "recall", recall_score(y_te, p > .5))
