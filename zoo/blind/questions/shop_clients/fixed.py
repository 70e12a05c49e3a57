# purchase prediction; the shop id has many levels, so it is replaced by its rate
import numpy as np
import pandas as pd
import tensorflow as tf

tf.keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)


def visits(n):
    d = pd.DataFrame({"client": rng.integers(0, 1200, n), "minutes": rng.gamma(2, 4, n), "pages": rng.poisson(5, n)})
    z = 0.25 * (d.minutes - 8) + 0.5 * (d.pages - 5)
    d["bought"] = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)
    return d


def columns(d, rates, overall):
    r = d.client.map(rates).fillna(overall)
    return np.stack([r * 4 - 2, d.minutes / 8 - 1, d.pages / 5 - 1], 1).astype("float32")


last_year, df = visits(3000), visits(3000)
is_train = rng.random(len(df)) < 0.75
rates = last_year.groupby("client").bought.mean()
overall = df.bought[is_train].mean()
X, y = columns(df, rates, overall), df.bought.to_numpy()

model = tf.keras.Sequential([
    tf.keras.layers.Input((3,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(tf.keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=["accuracy", tf.keras.metrics.AUC(name="auc")])
model.fit(X[is_train], y[is_train], validation_data=(X[~is_train], y[~is_train]), epochs=25, batch_size=64, verbose=2)
fresh = visits(2000)
print("next month", model.evaluate(columns(fresh, rates, overall), fresh.bought.to_numpy(), verbose=0))
