import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier

digits = load_digits()
rng = np.random.default_rng(40)
o = rng.permutation(1797)
X, y = (digits.data[o] / 16).astype("float32"), digits.target[o]
tr, te = slice(0, 1300), slice(1300, None)
MARGIN = -4.0

encoder = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(2), tf.keras.layers.UnitNormalization()])
opt = tf.keras.optimizers.Adam(0.002)
rows = {c: np.flatnonzero(y[tr] == c) for c in range(10)}


@tf.function
def step(a, p, n):
    with tf.GradientTape() as tape:
        a, p, n = encoder(a), encoder(p), encoder(n)
        d_pos = tf.reduce_sum((a - p) ** 2, axis=1)
        d_neg = tf.reduce_sum((a - n) ** 2, axis=1)
        loss = tf.reduce_mean(tf.nn.relu(d_pos - d_neg + MARGIN))
    opt.apply_gradients(zip(tape.gradient(loss, encoder.trainable_variables), encoder.trainable_variables))
    return loss


for i in range(500):
    c = rng.integers(0, 10, 64)
    d = (c + rng.integers(1, 10, 64)) % 10
    loss = step(*(X[[rng.choice(rows[k]) for k in ks]] for ks in (c, c, d)))
    if i % 100 == 99:
        print("step", i + 1, "loss", float(loss))
knn = KNeighborsClassifier(5).fit(encoder.predict(X[tr], verbose=0), y[tr])
print("knn accuracy", knn.score(encoder.predict(X[te], verbose=0), y[te]))
