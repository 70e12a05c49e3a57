import keras
import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)


def visits(n):
    f = pd.DataFrame({"age": rng.normal(55, 15, n), "bmi": rng.normal(27, 4, n), "stay": rng.exponential(4, n),
                      "code": rng.integers(0, n // 2, n)})
    risk = 0.06 * (f["age"] - 55) + 0.14 * (f["bmi"] - 27) + 0.15 * (f["stay"] - 4)
    f["back"] = (rng.random(n) < 1 / (1 + np.exp(-risk))).astype(int)
    return f


old = visits(1600)
new = visits(1600)
train, val = train_test_split(old, test_size=0.25, random_state=0)
cut = np.arange(len(train)) % 2 == 0
rate = train.groupby("code")["back"].mean()
overall = train["back"].mean()


def matrix(frame, rate):
    return np.c_[(frame["age"] - 55) / 15, (frame["bmi"] - 27) / 4, frame["stay"] / 4 - 1,
                 4 * (frame["code"].map(rate).fillna(overall) - overall)].astype("float32")


x_train = np.zeros((len(train), 4), "float32")
for half in (cut, ~cut):
    x_train[half] = matrix(train[half], train[~half].groupby("code")["back"].mean())
y_train = train["back"].to_numpy()
x_val, y_val = matrix(val, rate), val["back"].to_numpy()
x_new, y_new = matrix(new, rate), new["back"].to_numpy()
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=[keras.metrics.AUC(name="auc")])
model.fit(x_train, y_train, epochs=15, batch_size=32, validation_data=(x_val, y_val), verbose=2)
for name, a, b in (("val", x_val, y_val), ("next year", x_new, y_new)):
    print(name, "auc", round(roc_auc_score(b, model.predict(a, verbose=0)[:, 0]), 3))
