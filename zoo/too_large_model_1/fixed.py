import numpy as np
import tensorflow as tf
from sklearn.metrics import r2_score

rng = np.random.default_rng(8)
X = rng.normal(size=(520, 5)).astype("float32")
y = (X[:, 0] - X[:, 1] + 1.3 * rng.normal(size=520)).astype("float32")
train, test = slice(0, 120), slice(120, 520)

model = tf.keras.Sequential()
model.add(tf.keras.layers.Input((5,)))
for width in (3,):
    model.add(tf.keras.layers.Dense(width, activation="relu"))
model.add(tf.keras.layers.Dense(1))
model.compile(tf.keras.optimizers.Adam(0.003), "mse")
print("weights:", model.count_params())
model.fit(X[train], y[train], epochs=60, batch_size=12, verbose=0)
print("R2 train %.2f test %.2f" % (r2_score(y[train], model.predict(X[train], verbose=0)), r2_score(y[test], model.predict(X[test], verbose=0))))
