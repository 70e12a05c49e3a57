import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(95)
X = rng.normal(size=(2400, 10)).astype("float32")
y = (X[:, 0] * X[:, 1] + X[:, 2] > 0).astype("float32")[:, None]
test_X, test_y = X[2000:], y[2000:]
shards = [(X[k:2000:2], y[k:2000:2]) for k in range(2)]


def build():
    return keras.Sequential([keras.Input((10,)), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(1)])


workers = [build() for _ in shards]
workers[1].set_weights(workers[0].get_weights())
optimizers = [keras.optimizers.Adam(3e-3) for _ in shards]
bce = keras.losses.BinaryCrossentropy(from_logits=True)


def grads(net, xb, yb):
    with tf.GradientTape() as tape:
        loss = bce(yb, net(xb, training=True))
    return tape.gradient(loss, net.trainable_variables), float(loss)


for epoch in range(10):
    losses = []
    for i in range(0, 1000, 50):
        results = [grads(net, sx[i:i + 50], sy[i:i + 50]) for net, (sx, sy) in zip(workers, shards)]
        mean = [(a + b) / 2 for a, b in zip(results[0][0], results[1][0])]
        for net, opt in zip(workers, optimizers):
            opt.apply_gradients(zip(mean, net.trainable_variables))
        losses.append(np.mean([r[1] for r in results]))
    print("epoch", epoch + 1, "loss", np.mean(losses))
print("difference", max(np.abs(a - b).max() for a, b in zip(workers[0].get_weights(), workers[1].get_weights())))
print("test accuracy", float(np.mean((workers[0].predict(test_X, verbose=0) > 0) == (test_y > 0.5))))
