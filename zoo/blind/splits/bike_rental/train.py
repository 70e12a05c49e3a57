import io

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler
import keras

keras.utils.set_random_seed(1)


def hourly_counts(n=6000, seed=1):
    g = np.random.default_rng(seed)
    hr = g.integers(0, 24, n)
    workingday = (g.random(n) < 0.68).astype(int)
    temp = g.normal(16, 8, n)
    hum = np.clip(g.normal(62, 18, n), 10, 100)
    wind = g.gamma(2, 6, n)
    weather = g.choice(["clear", "mist", "rain"], n, p=[.65, .26, .09])
    commute = np.exp(-(hr - 8) ** 2 / 3) + np.exp(-(hr - 17.5) ** 2 / 5)
    leisure = np.exp(-(hr - 14) ** 2 / 22)
    wet = np.where(weather == "rain", 0.45, np.where(weather == "mist", 0.85, 1.0))
    warm = np.clip((temp + 5) / 25, 0.05, 1.3)
    member = (20 + 380 * commute * workingday + 160 * leisure * (1 - workingday)) * warm * wet * g.gamma(12, 1 / 12, n)
    single = (4 + 50 * leisure + 110 * leisure * (1 - workingday)) * warm ** 1.5 * wet * g.gamma(6, 1 / 6, n)
    df = pd.DataFrame(dict(hr=hr, workingday=workingday, temp=temp.round(1), hum=hum.round(), wind=wind.round(1),
                           weather=weather, casual=single.round().astype(int), registered=member.round().astype(int)))
    df["cnt"] = df.casual + df.registered
    return df


buf = io.StringIO(hourly_counts().to_csv(index=False))
df = pd.read_csv(buf)
y = df["cnt"]
X = df.drop(columns=["cnt"])

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
cats = ["hr", "weather"]
nums = [c for c in X.columns if c not in cats]
prep = make_column_transformer((OneHotEncoder(sparse_output=False), cats), (StandardScaler(), nums))
A = prep.fit_transform(X_train).astype("float32")
B = prep.transform(X_test).astype("float32")
t_scale = y_train.std()

model = keras.Sequential([
    keras.layers.Input((A.shape[1],)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(A, y_train / t_scale, validation_split=0.1, epochs=25, batch_size=32, verbose=2)
pred = model.predict(B, verbose=0).ravel() * t_scale
print("MAE", mean_absolute_error(y_test, pred))
print("R2 ", r2_score(y_test, pred))
