import numpy as np
import tensorflow as tf

physical = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(physical[0], [tf.config.LogicalDeviceConfiguration()] * 2)
strategy = tf.distribute.MirroredStrategy([f"/cpu:{i}" for i in range(2)])
rng = np.random.default_rng(88)
X = rng.normal(size=(2400, 12)).astype("float32")
y = (X[:, :1] * 2 - X[:, 1:2] + np.tanh(2 * X[:, 2:3])).astype("float32")
BATCH = 128
train = strategy.experimental_distribute_dataset(tf.data.Dataset.from_tensor_slices((X[:2000], y[:2000])).shuffle(2000).batch(BATCH, drop_remainder=True))
with strategy.scope():
    net = tf.keras.Sequential([tf.keras.layers.Input((12,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1)])
    sgd = tf.keras.optimizers.SGD(0.05)


def one(xb, yb):
    with tf.GradientTape() as tape:
        errors = tf.reduce_sum(tf.square(net(xb, training=True) - yb), axis=1)
        loss = tf.reduce_sum(errors)
    sgd.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    return loss


@tf.function
def step(xb, yb):
    return strategy.reduce(tf.distribute.ReduceOp.SUM, strategy.run(one, (xb, yb)), axis=None)


for epoch in range(6):
    print("epoch", epoch + 1, "loss", np.mean([float(step(*b)) for b in train]))
print("test mse", float(np.mean((net(X[2000:]).numpy() - y[2000:]) ** 2)), "variance", y.var())
