import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)
t = np.linspace(0, 1, 64)


def waves(n):
    f, p, a = rng.uniform(1, 5, (n, 1)), rng.uniform(0, 6.3, (n, 1)), rng.uniform(0.4, 1, (n, 1))
    g, q = rng.uniform(4, 9, (n, 1)), rng.uniform(0, 6.3, (n, 1))
    clean = a * np.sin(2 * np.pi * f * t + p) + 0.4 * np.sin(2 * np.pi * g * t + q)
    return (clean + rng.normal(0, 0.35, clean.shape)).astype("float32")[..., None], clean.astype("float32")[..., None]


noisy, clean = waves(3000)
ds = tf.data.Dataset.from_tensor_slices((noisy[:2500], clean[:2500])).shuffle(2500).batch(32)
val = tf.data.Dataset.from_tensor_slices((noisy[2500:], clean[2500:])).batch(100)

model = tf.keras.Sequential([
    layers.Input((64, 1)),
    layers.Conv1D(24, 9, padding="same", activation="relu"),
    layers.Conv1D(24, 9, padding="same", activation="relu"),
    layers.Conv1D(1, 9, padding="same"),
])
model.compile("adam", "mse")
model.fit(ds, validation_data=val, epochs=12, verbose=2)
print("error before", np.mean((noisy[2500:] - clean[2500:]) ** 2), "after", model.evaluate(val, verbose=0))
