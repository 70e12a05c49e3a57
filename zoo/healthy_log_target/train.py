import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.compose import ColumnTransformer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler

rng = np.random.default_rng(71)
n = 3000
data = pd.DataFrame({
    "brand": rng.choice(list("ABCDE"), n, p=[0.35, 0.25, 0.2, 0.15, 0.05]),
    "mileage": rng.gamma(2, 40000, n),
    "year": rng.integers(2000, 2024, n),
})
base = data.brand.map(dict(zip("ABCDE", [9.2, 9.5, 9.0, 9.9, 11.0])))
data["price"] = np.exp(base + 0.06 * (data.year - 2012) - data.mileage / 150000 + rng.normal(0, 0.15, n))

pre = ColumnTransformer([("num", StandardScaler(), ["mileage", "year"]), ("cat", OneHotEncoder(), ["brand"])])
train, test = train_test_split(data, test_size=0.2, random_state=71)
X_train, X_test = pre.fit_transform(train), pre.transform(test)
y_train = np.log(train.price.to_numpy())
centre = y_train.mean()

model = tf.keras.Sequential([tf.keras.layers.Input((X_train.shape[1],)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1)])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="mse")
model.fit(X_train, y_train - centre, epochs=20, batch_size=32, verbose=0)
pred = np.exp(model.predict(X_test, verbose=0)[:, 0] + centre)
print("median relative error", np.median(np.abs(pred / test.price - 1)))
