import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.metrics import precision_score, recall_score
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(17)
tf.keras.utils.set_random_seed(17)


def customers(n, known_outcome=True):
    df = pd.DataFrame({
        "months": rng.integers(1, 72, n),
        "monthly_fee": rng.normal(55, 18, n).clip(10),
        "support_calls": rng.poisson(1.4, n),
        "data_gb": rng.gamma(2, 6, n),
        "contract_years": rng.choice([0, 1, 2], n, p=[0.5, 0.3, 0.2]),
    })
    z = (-1.3 - 0.035 * df.months + 0.025 * (df.monthly_fee - 55) + 0.75 * df.support_calls
         - 0.8 * df.contract_years + 0.02 * (df.data_gb - 12) + 0.8)
    df["churn"] = (rng.random(n) < 1 / (1 + np.exp(-1.4 * z))).astype(int)
    closing = rng.normal(62, 12, n).clip(20) * df.churn
    df["final_invoice"] = closing if known_outcome else 0.0
    return df


history = customers(5000)
running = customers(1500, known_outcome=False)
features = [c for c in history.columns if c != "churn"]

scale = StandardScaler().fit(history[features])
X, y = scale.transform(history[features]), history["churn"].to_numpy()

model = tf.keras.Sequential([
    tf.keras.layers.Input((len(features),)),
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(12, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X, y, validation_split=0.2, epochs=15, batch_size=32, verbose=2)

# contracts still running when scored; whether they left was looked up later
p = (model.predict(scale.transform(running[features]), verbose=0)[:, 0] > 0.5).astype(int)
print("churners found: recall %.3f precision %.3f accuracy %.3f" % (
    recall_score(running.churn, p), precision_score(running.churn, p, zero_division=0), (p == running.churn).mean()))
