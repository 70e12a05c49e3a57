import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
digits = load_digits()
order = np.random.default_rng(16).permutation(1797)
x, y = (digits.data[order] / 16).astype("float32"), digits.target[order]
per_replica = 16
batch = per_replica * strategy.num_replicas_in_sync
train = tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400).batch(batch)
valid = tf.data.Dataset.from_tensor_slices((x[1400:], y[1400:])).batch(batch)
with strategy.scope():
    model = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(10)])
    model.compile(tf.keras.optimizers.Adam(2e-3), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train, epochs=8, validation_data=valid, verbose=2)
