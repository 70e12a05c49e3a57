import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
order = np.random.default_rng(0).permutation(1797)
x, y = (digits.data[order] / 16).astype("float32"), digits.target[order]
WORKERS = 4


def make_replica(rank):
    keras.utils.set_random_seed(100 + rank)
    net = keras.Sequential([keras.Input((64,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10)])
    return net, keras.optimizers.Adam(4e-3)


replicas = [make_replica(r) for r in range(WORKERS)]
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
shards = [(x[:1400][r::WORKERS], y[:1400][r::WORKERS]) for r in range(WORKERS)]
BATCH = 25


def gradients(net, xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, net(xb, training=True))
    return tape.gradient(loss, net.trainable_variables), loss


for epoch in range(12):
    for i in range(0, 350, BATCH):
        grads, losses = zip(*[gradients(net, sx[i:i + BATCH], sy[i:i + BATCH]) for (net, _), (sx, sy) in zip(replicas, shards)])
        mean_grads = [tf.add_n(g) / WORKERS for g in zip(*grads)]
        for net, opt in replicas:
            opt.apply_gradients(zip(mean_grads, net.trainable_variables))
    print("epoch", epoch + 1, "mean loss", float(np.mean(losses)))

chief = replicas[0][0]
print("test accuracy", np.mean(chief.predict(x[1400:], verbose=0).argmax(1) == y[1400:]))
