import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import r2_score, mean_absolute_error

keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
n = 3000
h = pd.DataFrame({
    "sqft": rng.gamma(9, 200, n),
    "lot": rng.lognormal(8.8, .5, n),
    "bedrooms": rng.integers(1, 6, n),
    "bathrooms": rng.integers(1, 4, n),
    "year": rng.integers(1920, 2020, n),
    "zone": rng.choice(list("ABCD"), n, p=[.4, .3, .2, .1]),
    "school": rng.uniform(1, 10, n),
})
zone_price = h.zone.map({"A": 120, "B": 160, "C": 210, "D": 300})
h["price"] = (zone_price * h.sqft ** .95 + 4 * h.lot + 9000 * h.bathrooms + 6000 * h.school + 500 * (h.year - 1970) + rng.normal(0, 22000, n)).clip(40000)

X = pd.get_dummies(h.drop(columns="price"), columns=["zone"]).astype("float32")
y = h[["price"]].values.astype("float32")
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=.2, random_state=27)
xs = StandardScaler().fit(X_train)
X_train, X_test = xs.transform(X_train), xs.transform(X_test)
ys = StandardScaler().fit(y_train)
y_train, y_test = ys.transform(y_train), ys.transform(y_test)

inputs = keras.Input((X_train.shape[1],))
z = layers.Dense(64, activation="relu")(inputs)
z = layers.Dense(64, activation="relu")(z)
model = keras.Model(inputs, layers.Dense(1)(z))
model.compile(loss="mean_squared_error", optimizer="adam", metrics=["mae"])
model.fit(X_train, y_train, epochs=30, batch_size=32, validation_data=(X_test, y_test), verbose=2)
pred = model.predict(X_test, verbose=0)
print(np.c_[pred[:6], y_test[:6]])
print("r2", r2_score(y_test, pred), "mae", mean_absolute_error(y_test, pred))
