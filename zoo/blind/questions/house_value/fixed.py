import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(11)
rng = np.random.default_rng(3)
n = 2500
df = pd.DataFrame({
    "sqft": rng.normal(2000, 600, n).clip(500),
    "lot": rng.gamma(3, 2500, n),
    "year": rng.integers(1920, 2020, n),
    "beds": rng.integers(1, 6, n),
    "dist_km": rng.exponential(8, n),
})
value = 0.11 * df.sqft + 0.004 * df.lot + 0.6 * (df.year - 1920) + 9 * df.beds - 4 * df.dist_km + rng.normal(0, 12, n)
df["value"] = (value - value.mean()) / value.std()

X = df.drop(columns="value").to_numpy("float32")
y = df["value"].to_numpy("float32")
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)
scaler = StandardScaler().fit(X_train)
X_train, X_test = scaler.transform(X_train), scaler.transform(X_test)

model = keras.Sequential([
    layers.Input((5,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(0.01), loss="mse", metrics=["mae"])
history = model.fit(X_train, y_train, epochs=20, batch_size=32, validation_data=(X_test, y_test), verbose=2)
print(model.predict(X_test[:5], verbose=0).ravel())
print(y_test[:5])
