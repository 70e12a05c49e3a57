import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier

tf.keras.utils.set_random_seed(63)
data = load_digits()
order = np.random.default_rng(63).permutation(len(data.data))
x = (data.data[order] / 16).astype("float32"); y = data.target[order]
xtr, ytr, xte, yte = x[:1400], y[:1400], x[1400:], y[1400:]

embed = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(96, activation="relu"), tf.keras.layers.Dense(16)])
opt = tf.keras.optimizers.Adam(1e-3)


@tf.function
def step(a, b, same):
    with tf.GradientTape() as tape:
        d = tf.sqrt(tf.reduce_sum(tf.square(embed(a) - embed(b)), axis=1) + 1e-8)
        loss = tf.reduce_mean(same * d ** 2 + (1 - same) * tf.maximum(1.5 - d, 0.0) ** 2)
    g = tape.gradient(loss, embed.trainable_variables)
    opt.apply_gradients(zip(g, embed.trainable_variables))
    return loss


rng = np.random.default_rng(0)
for it in range(1500):
    i = rng.integers(0, 1400, 64)
    j = np.array([rng.choice(np.flatnonzero(ytr == ytr[k])) if flip else rng.integers(0, 1400) for k, flip in zip(i, rng.random(64) < 0.45)])
    loss = step(tf.constant(xtr[i]), tf.constant(xtr[j]), tf.constant((ytr[i] == ytr[j]).astype("float32")))
    if it % 250 == 249:
        knn = KNeighborsClassifier(3).fit(embed(xtr).numpy(), ytr)
        print("step", it + 1, "loss %.4f" % float(loss), "knn accuracy %.3f" % knn.score(embed(xte).numpy(), yte))
