import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.metrics import mean_absolute_error
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(42)
rng = np.random.default_rng(42)
n = 2500
flats = pd.DataFrame({
    "sqm": np.clip(rng.normal(78, 28, n), 20, 260),
    "rooms": rng.integers(1, 6, n),
    "floor": rng.integers(0, 12, n),
    "built": rng.integers(1890, 2023, n),
    "centre_km": rng.gamma(2.2, 2.2, n),
    "balcony": rng.integers(0, 2, n),
    "school": rng.uniform(1, 10, n),
})
price = (5200 * flats.sqm * np.exp(-0.06 * flats.centre_km) * (0.85 + 0.0018 * (flats.built - 1890))
         + 14000 * flats.balcony + 5000 * flats.school + 3500 * flats.floor) * rng.lognormal(0, 0.08, n)
flats["price"] = price.round(-2)

X_train, X_test, y_train, y_test = train_test_split(flats.drop(columns="price"), flats[["price"]], random_state=0)
x_scaler = StandardScaler().fit(X_train)
targets = y_train.to_numpy()

model = keras.Sequential([
    layers.Input((7,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001), loss="mse", metrics=["mae"])
model.fit(x_scaler.transform(X_train), targets, validation_split=0.2, epochs=40, batch_size=32, verbose=2)
pred = model.predict(x_scaler.transform(X_test), verbose=0)
print("mean price   ", float(y_test.mean().iloc[0]))
print("mean forecast", pred.mean())
print("MAE", mean_absolute_error(y_test, pred), "R2", r2_score(y_test, pred))
