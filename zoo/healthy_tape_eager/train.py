import numpy as np
import tensorflow as tf

rng = np.random.RandomState(1)
x = rng.uniform(-3, 3, (512, 1)).astype(np.float32)
y = (np.sin(2 * x) + 0.3 * x + rng.normal(0, 0.1, x.shape)).astype(np.float32)

w1 = tf.Variable(tf.random.normal([1, 40], stddev=1.0, seed=1))
b1 = tf.Variable(tf.zeros([40]))
w2 = tf.Variable(tf.random.normal([40, 40], stddev=0.2, seed=2))
b2 = tf.Variable(tf.zeros([40]))
w3 = tf.Variable(tf.random.normal([40, 1], stddev=0.2, seed=3))
b3 = tf.Variable(tf.zeros([1]))
params = [w1, b1, w2, b2, w3, b3]


def net(v):
    h = tf.tanh(v @ w1 + b1)
    h = tf.tanh(h @ w2 + b2)
    return h @ w3 + b3


opt = tf.keras.optimizers.Adam(0.01)
for i in range(600):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, params), params))
    if i % 100 == 0:
        print(i, loss.numpy())
grid = np.linspace(-2.8, 2.8, 100, dtype=np.float32)[:, None]
print("error on a clean grid", float(tf.reduce_mean((net(grid) - (np.sin(2 * grid) + 0.3 * grid)) ** 2)))
