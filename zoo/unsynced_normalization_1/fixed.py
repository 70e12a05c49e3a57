import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(5)
devices = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(devices[0], [tf.config.LogicalDeviceConfiguration()] * 2)
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
rng = np.random.default_rng(5)
X = rng.normal(2.0, 3.0, (1024, 8)).astype("float32")
y = (X[:, 0] + X[:, 1] * 0.5 > 3.0).astype("float32")
test_X = rng.normal(2.0, 3.0, (600, 8)).astype("float32")
test_y = (test_X[:, 0] + test_X[:, 1] * 0.5 > 3.0).astype("float32")
ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(1024).batch(4, drop_remainder=True)

with strategy.scope():
    model = tf.keras.Sequential([
        tf.keras.layers.Input((8,)),
        tf.keras.layers.Dense(16),
        tf.keras.layers.BatchNormalization(synchronized=True),
        tf.keras.layers.ReLU(),
        tf.keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(tf.keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=["accuracy"])
model.fit(ds, epochs=4, verbose=2)
print("test", model.evaluate(tf.data.Dataset.from_tensor_slices((test_X, test_y)).batch(100), verbose=0))
