import io
import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.metrics import classification_report
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)


def export(n=5000):
    """what the CRM writes: a csv with text columns"""
    tenure = rng.gamma(1.3, 22, n).clip(0, 72).round()
    monthly = rng.normal(65, 25, n).clip(18, 120).round(2)
    contract = rng.choice(["Month-to-month", "One year", "Two year"], n, p=[.55, .22, .23])
    tech = rng.choice(["Yes", "No"], n, p=[.35, .65])
    z = -1.2 + 1.9 * (contract == "Month-to-month") - 0.055 * tenure + 0.025 * (monthly - 65) - 0.9 * (tech == "Yes") + 0.4
    churn = np.where(rng.random(n) < 1 / (1 + np.exp(-z)), "Yes", "No")
    f = pd.DataFrame(dict(Contract=contract, tenure=tenure, MonthlyCharges=monthly, TechSupport=tech, Churn=churn))
    f["Churn"] = f["Churn"] + " "
    return f.to_csv(index=False)


df = pd.read_csv(io.StringIO(export()))
y = (df.pop("Churn").str.strip() == "Yes").astype(int)
df["TechSupport"] = (df["TechSupport"] == "Yes").astype(int)
X = pd.get_dummies(df, columns=["Contract"]).astype("float32")
X[["tenure", "MonthlyCharges"]] = (X[["tenure", "MonthlyCharges"]] - X[["tenure", "MonthlyCharges"]].mean()) / X[["tenure", "MonthlyCharges"]].std()

X_train, X_test, y_train, y_test = train_test_split(X.values, y.values, test_size=0.2, random_state=1)

model = keras.Sequential([
    layers.Input((X.shape[1],)),
    layers.Dense(24, activation="relu"),
    layers.Dense(12, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=15, batch_size=32, validation_split=0.15, verbose=2)
pred = (model.predict(X_test, verbose=0) > 0.5).astype(int)
print(classification_report(y_test, pred, zero_division=0))
