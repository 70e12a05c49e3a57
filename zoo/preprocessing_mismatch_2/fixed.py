import keras
import numpy as np
import pandas as pd
from keras import layers
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(94)
n = 2600
f = pd.DataFrame({"temp": rng.normal(18, 6, n), "light": rng.gamma(4, 100, n), "co2": rng.normal(600, 120, n)})
f["occupied"] = ((f.temp - 18) / 6 + (f.co2 - 600) / 120 + (f.light - 400) / 200 + rng.normal(0, 0.3, n) > 0).astype(int)
train, test = f[:2000], f[2000:].copy()
test = test[["temp", "light", "co2", "occupied"]]

scaler = StandardScaler()
x_train = scaler.fit_transform(train.drop(columns="occupied").values)
x_test = scaler.transform(test.drop(columns="occupied").values)
model = keras.Sequential([keras.Input((3,)), layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, train["occupied"].values, epochs=15, batch_size=32, validation_split=0.1, verbose=2)
print("test", model.evaluate(x_test, test["occupied"].values, verbose=0))
