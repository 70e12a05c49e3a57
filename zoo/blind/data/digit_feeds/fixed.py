import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
tf.keras.utils.set_random_seed(63)
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
x, y = load_digits(return_X_y=True)
p = np.random.permutation(len(x))
x, y = (x[p] / 16).astype("float32"), y[p].astype("int64")
x_test, y_test = x[1400:], y[1400:]
# files were written one class after another, a row of class k at positions k, k + 10, ...
per = min(np.bincount(y[:1400]))
rows = np.stack([np.flatnonzero(y[:1400] == k)[:per] for k in range(10)], axis=1).ravel()
files = tf.data.Dataset.from_tensor_slices((x[rows], y[rows]))


def worker(rank, world):
    part = files.shard(world, rank)
    return part.cache().shuffle(1000, seed=rank, reshuffle_each_iteration=True).repeat().batch(16)


feeds = [iter(worker(r, strategy.num_replicas_in_sync)) for r in range(strategy.num_replicas_in_sync)]
with strategy.scope():
    model = tf.keras.Sequential([tf.keras.Input((64,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(10)])
    optimizer = tf.keras.optimizers.Adam(3e-3)
    optimizer.build(model.trainable_variables)


def one(a, b):
    with tf.GradientTape() as tape:
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(b, model(a, training=True))
        loss = tf.nn.compute_average_loss(ce, global_batch_size=32)
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


@tf.function
def step(a, b):
    return strategy.reduce("SUM", strategy.run(one, args=(a, b)), axis=None)


losses = []
for i in range(600):
    batches = [next(f) for f in feeds]
    a = strategy.experimental_distribute_values_from_function(lambda c: batches[c.replica_id_in_sync_group][0])
    b = strategy.experimental_distribute_values_from_function(lambda c: batches[c.replica_id_in_sync_group][1])
    losses.append(float(step(a, b)))
    if i % 100 == 99:
        guess = model(x_test).numpy().argmax(-1)
        print(i + 1, "loss", round(np.mean(losses[-100:]), 4), "test accuracy", round(float((guess == y_test).mean()), 4))
