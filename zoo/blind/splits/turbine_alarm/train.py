import numpy as np
import pandas as pd
import keras
from sklearn.metrics import confusion_matrix, classification_report
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)
n = 9000
df = pd.DataFrame({
    "wind": rng.weibull(2, n) * 8,
    "rpm": rng.normal(14, 2.5, n),
    "oil_temp": rng.normal(58, 6, n),
    "bearing_temp": rng.normal(64, 7, n),
    "vibration": rng.gamma(4, 0.25, n),
    "pitch": rng.normal(3, 2, n),
    "age": rng.uniform(0, 18, n),
})
risk = (-5.6 + 0.17 * (df.bearing_temp - 64) + 2.4 * (df.vibration - 1) + 0.08 * (df.oil_temp - 58)
        + 0.12 * (df.age - 9) + 0.08 * (df.wind - 7))
df["alarm"] = (rng.random(n) < 1 / (1 + np.exp(-risk))).astype(int)
print(df.alarm.value_counts())

X = df.drop(columns="alarm")
y = df.alarm
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, stratify=y, random_state=0)
sc = StandardScaler()
X_train = sc.fit_transform(X_train)
X_test = sc.transform(X_test)
ratio = (y_train == 0).sum() / (y_train == 1).sum()

model = keras.Sequential([
    keras.Input((7,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(8, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy", keras.metrics.Recall(name="recall")])
model.fit(X_train, y_train, validation_split=0.2, epochs=20, batch_size=64, verbose=2)
y_hat = (model.predict(X_test, verbose=0) > 0.5).astype(int).ravel()
print(confusion_matrix(y_test, y_hat))
print(classification_report(y_test, y_hat, digits=3, zero_division=0))
