import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
tf.keras.utils.set_random_seed(62)
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
x, y = make_classification(3000, 20, n_informative=10, class_sep=1.5, n_classes=4, n_clusters_per_class=1, random_state=62)
x = (x / x.std(0)).astype("float32")
BATCH = 100
train = strategy.experimental_distribute_dataset(tf.data.Dataset.from_tensor_slices((x[:2400], y[:2400])).shuffle(2400, seed=1).batch(BATCH))
val = strategy.experimental_distribute_dataset(tf.data.Dataset.from_tensor_slices((x[2400:], y[2400:])).batch(BATCH))

with strategy.scope():
    model = tf.keras.Sequential([tf.keras.Input((20,)), tf.keras.layers.Dense(48, activation="relu"), tf.keras.layers.Dense(4)])
    optimizer = tf.keras.optimizers.Adam(3e-3)
    optimizer.build(model.trainable_variables)


def train_fn(a, b):
    with tf.GradientTape() as tape:
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(b, model(a, training=True))
        loss = tf.nn.compute_average_loss(ce, global_batch_size=BATCH)
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


def val_fn(a, b):
    guess = tf.argmax(model(a, training=False), -1)
    return tf.reduce_sum(tf.cast(tf.equal(guess, tf.cast(b, tf.int64)), tf.float32))


@tf.function
def train_step(a, b):
    return strategy.reduce("SUM", strategy.run(train_fn, args=(a, b)), axis=None)


@tf.function
def val_step(a, b):
    hits = strategy.run(val_fn, args=(a, b))
    return strategy.reduce("SUM", hits, axis=None)


for epoch in range(10):
    loss = np.mean([float(train_step(a, b)) for a, b in train])
    hits = sum(float(val_step(a, b)) for a, b in val)
    print(f"epoch {epoch} loss {loss:.3f} val accuracy {hits / 600:.3f}")
print("replicas", strategy.num_replicas_in_sync)
