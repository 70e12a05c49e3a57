import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier

digits = load_digits()
mix = np.random.RandomState(1).permutation(len(digits.data))
X = digits.data[mix].astype(np.float32) / 16.0
y = digits.target[mix]
Xtr, ytr, Xte, yte = X[:1400], y[:1400], X[1400:], y[1400:]

embed = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(8),
    tf.keras.layers.UnitNormalization(),
])
optimizer = tf.keras.optimizers.Adam(1e-3)
rs = np.random.RandomState(42)
members = [np.flatnonzero(ytr == c) for c in range(10)]


def triplets(n):
    c = rs.randint(0, 10, n)
    other = (c + rs.randint(1, 10, n)) % 10
    pick = lambda classes: np.array([rs.choice(members[k]) for k in classes])
    return Xtr[pick(c)], Xtr[pick(c)], Xtr[pick(other)]


@tf.function
def update(a, p, n):
    with tf.GradientTape() as tape:
        ea, ep, en = embed(a), embed(p), embed(n)
        pos = tf.reduce_sum(tf.square(ea - ep), axis=1)
        neg = tf.reduce_sum(tf.square(ea - en), axis=1)
        loss = tf.reduce_mean(tf.maximum(pos - neg + 0.4, 0.0))
    grads = tape.gradient(loss, embed.trainable_variables)
    optimizer.apply_gradients(zip(grads, embed.trainable_variables))
    return loss


for i in range(1, 401):
    value = update(*triplets(64))
    if i % 100 == 0:
        print(i, float(value))
knn = KNeighborsClassifier(5).fit(embed.predict(Xtr, verbose=0), ytr)
print("kNN accuracy on embeddings", knn.score(embed.predict(Xte, verbose=0), yte))
