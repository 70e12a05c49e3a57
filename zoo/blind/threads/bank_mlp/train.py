import numpy as np
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense, Input, Dropout
from keras.utils import set_random_seed
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

set_random_seed(6)
rng = np.random.default_rng(6)
n = 6000
bank = pd.DataFrame()
bank["CreditScore"] = rng.normal(650, 95, n).clip(350, 850).round()
bank["Gender"] = rng.integers(0, 2, n)
bank["Age"] = rng.gamma(14, 2.8, n).clip(18, 90).round()
bank["Tenure"] = rng.integers(0, 11, n)
bank["Balance"] = np.where(rng.random(n) < .36, 0, rng.normal(120000, 30000, n).clip(0)).round(2)
bank["NumOfProducts"] = rng.choice([1, 2, 3, 4], n, p=[.5, .44, .04, .02])
bank["IsActive"] = rng.integers(0, 2, n)
bank["Salary"] = rng.uniform(500, 200000, n).round(2)
logit = (-0.6 + 0.11 * (bank.Age - 39) - 1.6 * bank.IsActive - .7 * bank.Gender + 1.1 * (bank.Balance > 0)
         - 1.7 * (bank.NumOfProducts == 2) + 2.5 * (bank.NumOfProducts > 2) - 0.004 * (bank.CreditScore - 650))
bank["Exited"] = (rng.random(n) < 1 / (1 + np.exp(-1.5 * logit))).astype(int)

X = bank.drop(columns="Exited").values.astype("float32")
y = bank["Exited"].values
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=.2, random_state=0)

classifier = Sequential([
    Input((8,)),
    Dense(16, activation="relu"),
    Dropout(0.1),
    Dense(16, activation="relu"),
    Dense(1, activation="sigmoid"),
])
classifier.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
classifier.fit(X_train, y_train, batch_size=32, epochs=22, validation_data=(X_test, y_test), verbose=2)
y_pred = (classifier.predict(X_test, verbose=0).ravel() > 0.5).astype(int)
tp = ((y_pred == 1) & (y_test == 1)).sum()
print("exited in test:", y_test.sum(), "predicted:", y_pred.sum(), "recall:", tp / y_test.sum(), "accuracy", (y_pred == y_test).mean())
