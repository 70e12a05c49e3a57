import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(41)
t = np.random.uniform(-3, 3, size=(2500, 1)).astype("float32")
target = (np.sin(2.5 * t) * np.exp(-0.1 * t ** 2) + np.random.normal(0, 0.05, t.shape)).astype("float32")
train = tf.data.Dataset.from_tensor_slices((t[:2000], target[:2000])).shuffle(2000, seed=1).batch(32)


class Net(tf.keras.Model):
    def __init__(self, width=64, depth=3):
        super().__init__()
        self.blocks = [tf.keras.layers.Dense(width) for _ in range(depth)]
        self.final = tf.keras.layers.Dense(1)

    def call(self, x):
        for b in self.blocks:
            x = b(x)
        return self.final(x)


net = Net()
opt = tf.keras.optimizers.Adam(0.003)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x, training=True) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    return loss


for epoch in range(25):
    total = [float(step(x, y)) for x, y in train]
    val = float(tf.reduce_mean((net(t[2000:]) - target[2000:]) ** 2))
    print("epoch %d loss %.4f val %.4f" % (epoch, np.mean(total), val))
print("variance of the target", target.var())
