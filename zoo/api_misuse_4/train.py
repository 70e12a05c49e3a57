import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
tf.keras.utils.set_random_seed(21)

X, y = load_breast_cancer(return_X_y=True)
X = StandardScaler().fit_transform(X).astype("float32")
order = np.random.default_rng(21).permutation(len(X))
X, y = X[order], y[order].astype("float32")


def classifier(width):
    return tf.keras.Sequential([
        tf.keras.layers.Input((X.shape[1],)),
        tf.keras.layers.Dense(width, activation="relu"),
        tf.keras.layers.Dense(1, activation="sigmoid"),
    ])


model = classifier(24)
with strategy.scope():
    model.compile(tf.keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:440], y[:440], batch_size=32, epochs=15, verbose=2)
print("test accuracy", model.evaluate(X[440:], y[440:], verbose=0)[1])
