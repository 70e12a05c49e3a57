"""Will a borrower default? Small net on account figures."""
import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow import keras
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler

tf.keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)


def make_accounts(n):
    wealth = rng.normal(0, 1, n)
    df = pd.DataFrame({
        "income": np.exp(10 + 1.6 * wealth + 1.0 * rng.normal(0, 1, n)),
        "debt": np.exp(8 + 1.0 * wealth + 2.8 * rng.normal(0, 1, n)),
        "savings": np.exp(7 + 1.2 * wealth + 2.6 * rng.normal(0, 1, n)),
        "card_spend": np.exp(6 + 0.5 * wealth + 2.6 * rng.normal(0, 1, n)),
    })
    z = (1.1 * (np.log(df.debt) - np.log(df.income) + 2) - 0.8 * (np.log(df.savings) - 7)
         + 0.7 * (np.log(df.card_spend) - 6))
    df["default"] = (rng.random(n) < 1 / (1 + np.exp(-1.0 * z))).astype(int)
    return df


frame = make_accounts(8000)
cols = ["income", "debt", "savings", "card_spend"]
train_df, test_df = train_test_split(frame, test_size=0.2, random_state=0)

values_train, values_test = np.log1p(train_df[cols].values), np.log1p(test_df[cols].values)
scaler = MinMaxScaler().fit(values_train)
x_train, x_test = scaler.transform(values_train), scaler.transform(values_test)
y_train, y_test = train_df["default"].values, test_df["default"].values

inp = keras.Input((4,))
h = keras.layers.Dense(32, activation="relu")(inp)
h = keras.layers.Dense(16, activation="relu")(h)
out = keras.layers.Dense(1, activation="sigmoid")(h)
net = keras.Model(inp, out)
net.compile("adam", "binary_crossentropy", metrics=["accuracy"])
net.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=15, batch_size=32, verbose=2)

p = net.predict(x_test, verbose=0).ravel()
print("base rate %.3f" % max(y_test.mean(), 1 - y_test.mean()))
print("test accuracy %.3f, AUC %.3f" % (((p > 0.5) == y_test).mean(), roc_auc_score(y_test, p)))
