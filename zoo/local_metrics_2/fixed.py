import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
X, y = make_classification(3000, 10, n_informative=6, class_sep=1.0, random_state=82)
X, y = X.astype("float32"), y.astype("float32")[:, None]
with strategy.scope():
    model = tf.keras.Sequential([tf.keras.layers.Input((10,)), tf.keras.layers.Dense(24, activation="relu"), tf.keras.layers.Dense(1)])
    model.compile("adam", tf.keras.losses.BinaryCrossentropy(from_logits=True))
model.fit(tf.data.Dataset.from_tensor_slices((X[:2200], y[:2200])).shuffle(2200).batch(64), epochs=6, verbose=0)

x_test, y_test = X[2200:], y[2200:]
batch = 100
full = tf.data.Dataset.from_tensor_slices((x_test, y_test)).batch(batch)
dist = strategy.experimental_distribute_dataset(full)


@tf.function
def count(xb, yb):
    right = tf.reduce_sum(tf.cast((model(xb) > 0) == (yb > 0.5), tf.float32))
    return right


hits = 0.0
for xb, yb in dist:
    per_replica = strategy.run(count, (xb, yb))
    hits += float(strategy.reduce("SUM", per_replica, axis=None))
print("test accuracy", hits / len(x_test))
print("one device", np.mean((model.predict(x_test, verbose=0) > 0) == (y_test > 0.5)))
