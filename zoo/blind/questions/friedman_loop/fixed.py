import numpy as np
import tensorflow as tf
from sklearn.datasets import make_friedman1

tf.random.set_seed(71)
np.random.seed(71)
X, y = make_friedman1(2000, n_features=8, noise=0.5, random_state=71)
X = (X - 0.5) * 3.4
y = (y - y.mean()) / y.std()
X, y = X.astype("float32"), y.astype("float32")[:, None]
W = [tf.Variable(tf.random.normal((8, 32)) * (2 / 8) ** 0.5), tf.Variable(tf.random.normal((32, 32)) * (2 / 32) ** 0.5),
     tf.Variable(tf.random.normal((32, 1)) * (1 / 32) ** 0.5)]
B = [tf.Variable(tf.zeros(k)) for k in (32, 32, 1)]


def forward(x):
    for w, b in zip(W[:-1], B[:-1]):
        x = tf.nn.relu(x @ w + b)
    return x @ W[-1] + B[-1]


optimizer = tf.keras.optimizers.SGD(learning_rate=0.05)


@tf.function
def update(x, t):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(forward(x) - t))
    grads = tape.gradient(loss, W + B)
    grads, _ = tf.clip_by_global_norm(grads, 5.0)
    optimizer.apply_gradients(zip(grads, W + B))
    return loss


for epoch in range(30):
    losses = []
    idx = np.random.permutation(1600)
    for k in range(0, 1600, 50):
        rows = idx[k:k + 50]
        losses.append(update(X[rows], y[rows]).numpy())
    test = tf.reduce_mean(tf.square(forward(X[1600:]) - y[1600:])).numpy()
    print(f"{epoch:2d} train {np.mean(losses):.4f} test {test:.4f}")
