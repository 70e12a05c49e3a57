import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import classification_report

keras.utils.set_random_seed(33)
g = np.random.default_rng(33)

n = 5000
df = pd.DataFrame({
    "income": g.lognormal(10.3, .5, n),
    "loan": g.lognormal(9.2, .7, n),
    "years_employed": g.exponential(6, n),
    "open_accounts": g.poisson(4, n),
    "late_payments": g.poisson(.8, n),
    "age": g.integers(20, 70, n),
})
ratio = df.loan / df.income
z = -0.7 + 2.2 * np.log1p(2 * ratio) - 0.16 * df.years_employed + 0.8 * df.late_payments - 0.015 * (df.age - 45) - 0.6
df["default"] = (g.random(n) < 1 / (1 + np.exp(-1.6 * z))).astype(int)
df["ratio"] = ratio

y = df.pop("default").values.astype("float32")
train_rows = np.arange(n) < 4000
scaler = StandardScaler().fit(df[train_rows])
X = scaler.transform(df).astype("float32")


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d1 = layers.Dense(32, activation="relu")
        self.d2 = layers.Dense(16, activation="relu")
        self.out = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.out(self.d2(self.d1(x)))


net = Net()
net.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
net.fit(X[train_rows], y[train_rows], validation_data=(X[~train_rows], y[~train_rows]), epochs=10, batch_size=32, verbose=2)
p = net.predict(X[~train_rows], verbose=0).ravel()
print(p[:10].round(3))
print(classification_report(y[~train_rows], p > 0.5, zero_division=0))
