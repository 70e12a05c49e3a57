import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
tf.keras.utils.set_random_seed(67)
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
PER_REPLICA = 16
batch = PER_REPLICA * strategy.num_replicas_in_sync
x, y = load_digits(return_X_y=True)
p = np.random.permutation(len(x))
x, y = (x[p] / 16).astype("float32"), y[p]
with strategy.scope():
    model = tf.keras.Sequential([tf.keras.Input((64,)), tf.keras.layers.Dense(48, activation="relu"), tf.keras.layers.Dense(10, activation="softmax")])
    model.compile(tf.keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
train = tf.data.Dataset.from_tensor_slices((x[:1300], y[:1300])).shuffle(1300, seed=2).batch(batch)
val = tf.data.Dataset.from_tensor_slices((x[1300:], y[1300:])).batch(128)
model.fit(train, epochs=12, validation_data=val, verbose=2)
