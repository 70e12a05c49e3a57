import numpy as np
import tensorflow as tf
import keras
from sklearn.metrics import mean_absolute_error

keras.utils.set_random_seed(95)
rng = np.random.default_rng(95)
n = 5000
age = rng.integers(18, 80, n)
edu = rng.choice([9, 12, 14, 16, 19], n, p=[.1, .35, .2, .25, .1])
hours = rng.normal(38, 8, n).clip(5, 70)
city = rng.binomial(1, 0.55, n)
logw = 1.2 + 0.09 * edu + 0.05 * age - 0.0005 * age ** 2 + 0.12 * city + 0.004 * hours + rng.normal(0, 0.25, n)
stratum = rng.choice(4, n, p=[.4, .3, .2, .1])
pop_share = np.array([0.25, 0.25, 0.25, 0.25])
seen_share = np.bincount(stratum) / n
design_weight = (pop_share / seen_share)[stratum]

X = np.c_[(age - 48) / 18, (edu - 13.5) / 3, (hours - 38) / 8, city].astype("float32")
y = ((logw - logw.mean()) / logw.std()).astype("float32")[:, None]
fold = rng.choice(["train", "val"], n, p=[0.8, 0.2])
w = np.where(fold == "train", design_weight, 0).astype("float32")


def ds(mask, shuffle):
    d = tf.data.Dataset.from_tensor_slices((X[mask], y[mask], w[mask]))
    return (d.shuffle(5000, seed=0) if shuffle else d).batch(64)


i = keras.Input((4,))
o = keras.layers.Dense(1)(keras.layers.Dense(24, activation="tanh")(i))
model = keras.Model(i, o)
model.compile(optimizer=keras.optimizers.Adam(4e-3), loss="mse", weighted_metrics=["mae"])
model.fit(ds(fold == "train", True), validation_data=ds(fold == "val", False), epochs=15, verbose=2)
v = fold == "val"
print("MAE", mean_absolute_error(y[v], model.predict(X[v], verbose=0)))
