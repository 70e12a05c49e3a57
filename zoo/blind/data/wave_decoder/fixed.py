import time

import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(66)
rng = np.random.default_rng(66)
n = 1536
kind = rng.integers(0, 3, n)
clips = np.sin(2 * np.pi * np.array([3, 5, 8])[kind][:, None] * np.arange(256) / 256 + rng.uniform(0, 6, (n, 1))) + rng.normal(0, 0.4, (n, 256))
clips = np.clip(clips * 40 + 128, 0, 255).astype("uint8")


def decode(clip):
    """mu-law style expansion and a moving average over 16 samples"""
    clip = clip.numpy()
    total = np.r_[0, np.cumsum(clip.astype("float64"))]
    lo, hi = np.maximum(np.arange(256) - 8, 0), np.minimum(np.arange(256) + 8, 256)
    return ((total[hi] - total[lo]) / (hi - lo) / 128 - 1).astype("float32")[:, None]


def load(clip, k):
    wave = tf.py_function(decode, [clip], tf.float32)
    return tf.ensure_shape(wave, (256, 1)), k


ds = tf.data.Dataset.from_tensor_slices((clips, kind)).shuffle(n, seed=1).map(load)
ds = ds.cache().batch(32).prefetch(tf.data.AUTOTUNE)
model = tf.keras.Sequential([
    tf.keras.Input((256, 1)),
    tf.keras.layers.Conv1D(8, 9, strides=4, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
start = time.time()
model.fit(ds, epochs=5, verbose=2)
print("seconds", round(time.time() - start, 1))
