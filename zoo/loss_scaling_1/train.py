import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration() for _ in range(2)])
strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
digits = load_digits()
perm = np.random.default_rng(4).permutation(1797)
x, y = (digits.data[perm] / 16).astype("float32"), digits.target[perm].astype("int64")
GLOBAL = 64
dist = strategy.experimental_distribute_dataset(
    tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400, seed=1).batch(GLOBAL, drop_remainder=True))

with strategy.scope():
    model = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(10)])
    opt = tf.keras.optimizers.SGD(0.2)
    per_row = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="none")


def replica_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(per_row(yb, model(xb, training=True))) / GLOBAL
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


@tf.function
def train_step(xb, yb):
    return strategy.reduce("SUM", strategy.run(replica_step, args=(xb, yb)), axis=None)


for epoch in range(6):
    print(epoch + 1, np.mean([float(train_step(*b)) for b in dist]))
print("test accuracy", np.mean(model(x[1400:]).numpy().argmax(1) == y[1400:]))
