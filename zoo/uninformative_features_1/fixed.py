import numpy as np
import pandas as pd
import tensorflow as tf

rng = np.random.default_rng(55)
n = 3000
customers = pd.DataFrame({
    "customer_id": rng.permutation(n),
    "row_hash": rng.integers(0, 1000, n),
    "zip_last_digit": rng.integers(0, 10, n),
    "calls": rng.poisson(3, n),
    "tenure": rng.uniform(0, 60, n),
    "bill": rng.normal(50, 12, n),
})
churn = (0.6 * (customers.calls - 3) - 0.08 * (customers.tenure - 30) + 0.05 * (customers.bill - 50) + rng.logistic(0, 0.4, n) > 0)
customers["churn"] = churn.astype(int)

columns = customers.columns[3:6]
X = customers[columns]
X = ((X - X.mean()) / X.std()).values
y = customers["churn"].values
model = tf.keras.Sequential([
    tf.keras.layers.Input((len(columns),)),
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy", "AUC"])
model.fit(X[:2400], y[:2400], epochs=15, batch_size=32, validation_data=(X[2400:], y[2400:]), verbose=2)
