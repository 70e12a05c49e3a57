import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.preprocessing import StandardScaler

tf.keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)
N = 1800
cars = pd.DataFrame({
    "age": rng.integers(0, 15, N),
    "km": rng.gamma(4, 22000, N),
    "hp": rng.normal(120, 35, N).clip(50),
    "diesel": rng.integers(0, 2, N),
})
cars["price"] = (32000 * np.exp(-0.11 * cars.age) + 90 * (cars.hp - 120) - 0.05 * cars.km
                 + 1500 * cars.diesel + rng.normal(0, 900, N)).clip(lower=500)
print(cars.describe().round(1))
train, test = cars.iloc[:1400], cars.iloc[1400:]
sc = StandardScaler().fit(train.drop(columns="price"))
X_train, X_test = sc.transform(train.drop(columns="price")), sc.transform(test.drop(columns="price"))
y_train, y_test = train.price.values, test.price.values

model = tf.keras.Sequential()
model.add(tf.keras.layers.Input(shape=(4,)))
model.add(tf.keras.layers.Dense(64, activation="relu"))
model.add(tf.keras.layers.Dense(32, activation="relu"))
model.add(tf.keras.layers.Dense(1))
model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(X_train, y_train, epochs=25, batch_size=32, validation_split=0.1, verbose=2)

pred = model.predict(X_test, verbose=0).ravel()
print("mean price", y_test.mean(), "mean predicted", pred.mean())
print("R2", 1 - np.sum((y_test - pred) ** 2) / np.sum((y_test - y_test.mean()) ** 2))
