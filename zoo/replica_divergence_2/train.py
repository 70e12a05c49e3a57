import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

X, y = make_classification(4000, 20, n_informative=10, n_classes=4, class_sep=1.5, random_state=26)
X = X.astype("float32")
regions = np.argsort(y[:3200], kind="stable")
X[:3200], y[:3200] = X[regions], y[regions]
cpus = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpus[0], [tf.config.LogicalDeviceConfiguration()] * 2)
devices = ["/cpu:0", "/cpu:1"]
models, optimizers = [], []
for device in devices:
    with tf.device(device):
        models.append(tf.keras.Sequential([
            tf.keras.layers.Input((20,)),
            tf.keras.layers.Dense(32, activation="relu"),
            tf.keras.layers.Dense(4),
        ]))
        optimizers.append(tf.keras.optimizers.SGD(0.05))
models[1].set_weights(models[0].get_weights())
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
SYNC = False

for step in range(600):
    all_grads = []
    for rank in range(2):
        rows = np.random.default_rng(step).integers(0, 1600, 32) + rank * 1600
        with tf.device(devices[rank]), tf.GradientTape() as tape:
            loss = ce(y[rows], models[rank](X[rows], training=True))
        all_grads.append(tape.gradient(loss, models[rank].trainable_variables))
    if SYNC:
        mean = [(a + b) / 2 for a, b in zip(*all_grads)]
        all_grads = [mean, mean]
    for rank in range(2):
        optimizers[rank].apply_gradients(zip(all_grads[rank], models[rank].trainable_variables))
    if step % 150 == 149:
        gap = max(float(tf.reduce_max(tf.abs(a - b))) for a, b in zip(models[0].trainable_variables, models[1].trainable_variables))
        print("step", step + 1, "loss", float(loss), "largest weight difference", gap)
for rank in range(2):
    print("replica", rank, "test accuracy", np.mean(models[rank].predict(X[3200:], verbose=0).argmax(1) == y[3200:]))
