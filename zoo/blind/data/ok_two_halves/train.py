import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
tf.keras.utils.set_random_seed(83)
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
x, y = load_digits(return_X_y=True)
p = np.random.permutation(len(x))
x, y = (x[p] / 16).astype("float32"), y[p].astype("int64")
B = 64
with strategy.scope():
    model = tf.keras.Sequential([tf.keras.Input((64,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(10)])
    opt = tf.keras.optimizers.SGD(0.05, momentum=0.9)
    opt.build(model.trainable_variables)
    acc = tf.keras.metrics.SparseCategoricalAccuracy()


def inner(a, b):
    with tf.GradientTape() as tape:
        logits = model(a, training=True)
        loss = tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(b, logits)) * (1.0 / B)
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    acc.update_state(b, logits)
    return loss


@tf.function
def step(a, b):
    return strategy.reduce("SUM", strategy.run(inner, args=(a, b)), axis=None)


ds = strategy.experimental_distribute_dataset(tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400, seed=3).batch(B, drop_remainder=True))
for epoch in range(8):
    acc.reset_state()
    loss = np.mean([float(step(a, b)) for a, b in ds])
    print(epoch, "loss", round(float(loss), 4), "accuracy", round(float(acc.result()), 4))
print("test", np.mean(model(x[1400:]).numpy().argmax(-1) == y[1400:]))
