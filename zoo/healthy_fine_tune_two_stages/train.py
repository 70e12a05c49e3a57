import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

d = load_digits()
r = np.random.RandomState(20)
p = r.permutation(1797)
img, lab = (d.images[p, ..., None] / 16).astype("float32"), d.target[p]
inverted = 1.0 - img

base = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(24, 3, padding="same", activation="relu"),
    tf.keras.layers.MaxPooling2D(),
    tf.keras.layers.Conv2D(48, 3, padding="same", activation="relu"),
    tf.keras.layers.Flatten(),
])
source = tf.keras.Sequential([base, tf.keras.layers.Dense(10, activation="softmax")])
source.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
source.fit(img[:900], lab[:900], epochs=6, verbose=0)

base.trainable = False
target = tf.keras.Sequential([base, tf.keras.layers.Dropout(0.2), tf.keras.layers.Dense(10, activation="softmax")])
target.compile(tf.keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
target.fit(inverted[900:1500], lab[900:1500], epochs=8, batch_size=16, validation_data=(inverted[1500:], lab[1500:]), verbose=2)
base.trainable = True
target.compile(tf.keras.optimizers.Adam(5e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])
target.fit(inverted[900:1500], lab[900:1500], epochs=12, initial_epoch=4, batch_size=16, validation_data=(inverted[1500:], lab[1500:]), verbose=2)
