import numpy as np
import pandas as pd
import keras
from sklearn.metrics import classification_report
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(83)
rng = np.random.default_rng(83)
n = 5000
df = pd.DataFrame({"months": rng.integers(1, 60, n), "calls": rng.poisson(2, n), "bill": rng.gamma(5, 12, n), "web": rng.integers(0, 2, n)})
z = -5.0 + 0.8 * (df.calls - 2) + 0.04 * (df.bill - 60) - 0.06 * (df.months - 30) - 1.0 * df.web
df["left"] = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)
print(df.left.value_counts(normalize=True))
X = StandardScaler().fit_transform(df.drop(columns="left"))
y = df.left.to_numpy()

model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=[keras.metrics.Recall(name="recall"), keras.metrics.AUC(name="auc")])
model.fit(X[:4000], y[:4000], epochs=12, batch_size=32, validation_data=(X[4000:], y[4000:]), verbose=2)
print(classification_report(y[4000:], model.predict(X[4000:], verbose=0)[:, 0] > 0.5, zero_division=0))
