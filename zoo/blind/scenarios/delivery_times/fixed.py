import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

tf.random.set_seed(40)
np.random.seed(40)

n = 5000
orders = pd.DataFrame({
    "km": np.random.gamma(2.5, 1.6, n),
    "items": np.random.poisson(3, n) + 1,
    "rain": (np.random.rand(n) < 0.25).astype(float),
    "hour": np.random.choice([11, 12, 13, 17, 18, 19, 20, 21], n),
    "couriers": np.random.poisson(12, n),
})
orders["minutes"] = (9 + 3.1 * orders.km + 0.9 * orders["items"] + 4 * orders.rain * orders.km / 4
                     + 5 * orders.hour.isin([12, 19, 20]) - 0.5 * (orders.couriers - 12) + np.random.normal(0, 3, n))

X = orders.drop(columns="minutes")
X = X.join(pd.get_dummies(X.pop("hour"), prefix="h", dtype=float))
y = orders["minutes"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=1)
sx = StandardScaler().fit(X_train)
sy = StandardScaler().fit(y_train.to_frame())

model = tf.keras.Sequential([
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer=tf.keras.optimizers.Adam(3e-3), loss="mse")
model.fit(sx.transform(X_train), sy.transform(y_train.to_frame())[:, 0], epochs=20, batch_size=32, verbose=2,
          validation_data=(sx.transform(X_test), sy.transform(y_test.to_frame())[:, 0]))

minutes = pd.Series(sy.inverse_transform(model.predict(sx.transform(X_test), verbose=0))[:, 0], index=X_test.index)
err = minutes - y_test
print("MAE  %.2f min" % err.abs().mean())
print("RMSE %.2f min (spread of the target %.2f)" % (np.sqrt((err ** 2).mean()), y_test.std()))
print("R2   %.3f" % (1 - (err ** 2).mean() / y_test.var()))
