import time

import numpy as np
import tensorflow as tf

SIDE, COUNT = 48, 256
rng = np.random.default_rng(3)
pictures = rng.integers(0, 256, (COUNT, SIDE, SIDE, 3), dtype=np.uint8)
pictures[::2, 10:30, 10:30] //= 3
classes = (np.arange(COUNT) % 2).astype("int32")


def blur(img):
    img = img.astype("float32") / 255
    out = np.zeros_like(img)
    for r in range(1, SIDE - 1):
        for c in range(1, SIDE - 1):
            out[r, c] = img[r - 1:r + 2, c - 1:c + 2].mean(axis=(0, 1))
    return out


def examples():
    for img, k in zip(pictures, classes):
        yield blur(img), k


spec = (tf.TensorSpec((SIDE, SIDE, 3), tf.float32), tf.TensorSpec((), tf.int32))
ds = tf.data.Dataset.from_generator(examples, output_signature=spec).shuffle(64).batch(32)
model = tf.keras.Sequential([
    tf.keras.layers.Input((SIDE, SIDE, 3)),
    tf.keras.layers.Conv2D(8, 5, strides=4, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(2, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
t0 = time.time()
model.fit(ds, epochs=3, verbose=2)
print("images per second", 3 * COUNT / (time.time() - t0))
