import time

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(8)
inputs = rng.normal(size=(4096, 12)).astype("float32")
weights = rng.normal(size=(12, 1)).astype("float32")
outputs = np.tanh(inputs @ weights) + rng.normal(0, 0.05, (4096, 1)).astype("float32")

net = tf.keras.Sequential([
    tf.keras.layers.Input((12,)),
    tf.keras.layers.Dense(64, activation="tanh"),
    tf.keras.layers.Dense(64, activation="tanh"),
    tf.keras.layers.Dense(1),
])
adam = tf.keras.optimizers.Adam()
mse = tf.keras.losses.MeanSquaredError()


@tf.function
def update(xb, yb, step):
    with tf.GradientTape() as tape:
        error = mse(yb, net(xb, training=True))
    slopes = tape.gradient(error, net.trainable_variables)
    decay = 1.0 / (1.0 + 0.01 * step)
    adam.learning_rate.assign(0.01 * decay)
    adam.apply_gradients(zip(slopes, net.trainable_variables))
    return error


start = time.time()
for step in range(48):
    rows = rng.integers(0, 4096, 64)
    error = update(inputs[rows], outputs[rows], tf.constant(float(step)))
print("milliseconds per step", 1000 * (time.time() - start) / 48, "last error", float(error))
