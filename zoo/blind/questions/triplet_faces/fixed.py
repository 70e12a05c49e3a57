import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(36)
rng = np.random.default_rng(36)
X, y = load_digits(return_X_y=True)
X = (X / 16).astype("float32")
Xtr, ytr, Xte, yte = X[:1400], y[:1400], X[1400:], y[1400:]
by = [np.flatnonzero(ytr == k) for k in range(10)]


def triplets(n):
    a, p, q = [], [], []
    for _ in range(n):
        i, j = rng.choice(10, 2, replace=False)
        s = rng.choice(by[i], 2, replace=False)
        a.append(Xtr[s[0]]), p.append(Xtr[s[1]]), q.append(Xtr[rng.choice(by[j])])
    return [np.array(a), np.array(p), np.array(q)]


encoder = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(64, activation="relu"),
                               tf.keras.layers.Dense(16), tf.keras.layers.UnitNormalization()])
ins = [tf.keras.Input((64,), name=k) for k in ("anchor", "positive", "negative")]
merged = tf.keras.layers.Concatenate()([encoder(i) for i in ins])
model = tf.keras.Model(ins, merged)


def triplet_loss(_, e, margin=0.4):
    anchor = e[:, :16]
    positive = e[:, 16:32]
    negative = e[:, 32:48]
    d_pos = tf.reduce_sum(tf.square(anchor - positive), -1)
    d_neg = tf.reduce_sum(tf.square(anchor - negative), -1)
    return tf.maximum(d_pos - d_neg + margin, 0.0)


def knn():
    e, r = encoder.predict(Xte, verbose=0), encoder.predict(Xtr[:50], verbose=0)
    near = ((e[:, None] - r[None]) ** 2).sum(-1).argmin(1)
    return (ytr[:50][near] == yte).mean()


print("nearest neighbour before", knn())
model.compile(tf.keras.optimizers.Adam(0.002), loss=triplet_loss)
data = triplets(4000)
model.fit(data, np.zeros((4000, 1)), epochs=8, batch_size=64, verbose=2)
print("nearest neighbour after", knn())
