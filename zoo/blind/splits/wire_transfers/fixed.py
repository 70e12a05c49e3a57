import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(6)
rng = np.random.default_rng(6)
n = 8000

income = np.exp(rng.normal(7.8, 0.9, n))
old_balance = income * np.exp(rng.normal(1.0, 1.6, n))
amount = income * np.exp(rng.normal(-1.5, 1.9, n))
volume_30d = amount * np.exp(rng.normal(1.0, 1.5, n))
receiver_volume = np.exp(rng.standard_t(3, n) * 1.2 + 8)
X = pd.DataFrame({"amount": amount, "old_balance": old_balance, "income": income, "volume_30d": volume_30d,
                  "receiver_volume": receiver_volume})
z = (1.4 * (np.log(amount / income) + 1.5) - 0.9 * (np.log(volume_30d / amount) - 1.0)
     - 0.8 * (np.log(old_balance / income) - 1.0) - 0.5 * (np.log(receiver_volume) - 8))
y = (z + rng.logistic(0, 0.8, n) > 0.6).astype(int)

X_tr, X_te, y_tr, y_te = train_test_split(np.log(X), y, test_size=0.25, random_state=3)
scaler = StandardScaler()
X_tr = scaler.fit_transform(X_tr)
X_te = scaler.transform(X_te)

net = tf.keras.Sequential([
    layers.Input((5,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
net.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
net.fit(X_tr, y_tr, validation_data=(X_te, y_te), epochs=20, batch_size=64, verbose=2)
p = net.predict(X_te, verbose=0).ravel()
print("share flagged %.2f  accuracy %.3f  auc %.3f" % (y_te.mean(), ((p > .5) == y_te).mean(), roc_auc_score(y_te, p)))
