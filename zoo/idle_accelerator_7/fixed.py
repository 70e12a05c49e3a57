import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

devices = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(devices[0], [tf.config.LogicalDeviceConfiguration() for _ in range(2)])
strategy = tf.distribute.MirroredStrategy([f"CPU:{i}" for i in range(2)])
print("replicas", strategy.num_replicas_in_sync)
keras.utils.set_random_seed(8)

digits = load_digits()
pick = np.random.default_rng(8).permutation(1797)
images, labels = (digits.images[pick] / 16).astype("float32")[..., None], digits.target[pick]
batch = 32 * strategy.num_replicas_in_sync
train = tf.data.Dataset.from_tensor_slices((images[:1400], labels[:1400])).shuffle(1400, seed=8).batch(batch)
test = tf.data.Dataset.from_tensor_slices((images[1400:], labels[1400:])).batch(batch)


def build():
    net = keras.Sequential([
        keras.Input((8, 8, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    net.compile(keras.optimizers.Adam(4e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return net


with strategy.scope():
    net = build()
net.fit(train, epochs=16, validation_data=test, verbose=2)
kernel = net.layers[1].kernel.value
print("copies of a kernel", len(getattr(kernel, "values", [kernel])), "test accuracy", net.evaluate(test, verbose=0)[1])
