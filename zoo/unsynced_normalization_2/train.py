import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

X, y = make_classification(3000, 12, n_informative=8, class_sep=1.6, random_state=74)
X = X.astype("float32")
site = np.where(X[:, 0] > 0, 1, 0)
X[site == 1] += 6.0
X_test, y_test = X[2400:], y[2400:].astype("float32")[:, None]
parts = [(X[:2400][site[:2400] == s], y[:2400][site[:2400] == s].astype("float32")[:, None]) for s in (0, 1)]


def make():
    return keras.Sequential([keras.Input((12,)), keras.layers.Dense(32), keras.layers.BatchNormalization(momentum=0.9), keras.layers.ReLU(), keras.layers.Dense(1)])


replicas = [make(), make()]
replicas[1].set_weights(replicas[0].get_weights())
optimizers = [keras.optimizers.Adam(3e-3), keras.optimizers.Adam(3e-3)]
bce = keras.losses.BinaryCrossentropy(from_logits=True)
rng = np.random.default_rng(0)
JOIN_BATCHES = False

for step in range(300):
    batches = []
    for px, py in parts:
        rows = rng.integers(0, len(px), 32)
        batches.append((px[rows], py[rows]))
    if JOIN_BATCHES:
        both = tuple(np.concatenate(b) for b in zip(*batches))
        batches = [both, both]
    grads = []
    for net, (xb, yb) in zip(replicas, batches):
        with tf.GradientTape() as tape:
            loss = bce(yb, net(xb, training=True))
        grads.append(tape.gradient(loss, net.trainable_variables))
    mean = [(a + b) / 2 for a, b in zip(*grads)]
    for net, opt in zip(replicas, optimizers):
        opt.apply_gradients(zip(mean, net.trainable_variables))
print("last training loss", float(loss))
for k, net in enumerate(replicas):
    print("replica", k, "test accuracy", float(np.mean((net.predict(X_test, verbose=0) > 0) == (y_test > 0.5))))
