import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler

keras.utils.set_random_seed(51)
rng = np.random.default_rng(51)
n = 4000
df = pd.DataFrame({
    "area": np.exp(rng.normal(4.7, 0.4, n)).round(),
    "lot": np.exp(rng.normal(6.2, 0.7, n)).round(),
    "age": rng.integers(0, 90, n),
    "condition": rng.choice(["poor", "fair", "good", "new"], n, p=[.1, .35, .4, .15]),
    "district": rng.integers(0, 15, n).astype(str),
})
d_eff = rng.normal(0, 0.25, 15)
c_eff = {"poor": -.35, "fair": -.1, "good": .1, "new": .3}
log_price = (9.5 + 0.65 * np.log(df.area) + 0.06 * np.log(df.lot) - 0.004 * df.age + df.condition.map(c_eff)
             + d_eff[df.district.astype(int)] + 0.15 * np.sin(df.age / 15) + rng.normal(0, 0.3, n))
df["price"] = np.exp(log_price).round(-2)

df["area"], df["lot"] = np.log(df["area"]), np.log(df["lot"])
train, test = train_test_split(df, test_size=0.25, random_state=51)
ct = ColumnTransformer([("num", StandardScaler(), ["area", "lot", "age"]),
                        ("cat", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["condition", "district"])])
A, B = ct.fit_transform(train), ct.transform(test)
target = np.log(train["price"]).to_numpy()
mu, sd = target.mean(), target.std()

model = keras.Sequential([
    layers.Input((A.shape[1],)),
    layers.Dense(32, activation="relu"),
    layers.Dropout(0.1),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse", metrics=["mae"])
model.fit(A, (target - mu) / sd, validation_split=0.15, epochs=40, batch_size=32, verbose=2,
          callbacks=[keras.callbacks.EarlyStopping(patience=6, restore_best_weights=True)])
pred = model.predict(B, verbose=0)[:, 0] * sd + mu
ols = LinearRegression().fit(A, target)
print("R2 of log price: net %.3f, linear %.3f" % (r2_score(np.log(test["price"]), pred), ols.score(B, np.log(test["price"]))))
