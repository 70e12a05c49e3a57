import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

d = load_digits()
mix = np.random.default_rng(71).permutation(1797)
img, lab = d.images[mix] / 16.0, d.target[mix]
rotated = np.rot90(img, axes=(1, 2))
use_rotated_for_training = True

train_img = np.concatenate([img[:1300], rotated[:1300]]) if use_rotated_for_training else img[:1300]
train_lab = np.tile(lab[:1300], len(train_img) // 1300)
test_img, test_lab = rotated[1300:], lab[1300:]

model = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8)),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(96, activation="relu"),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_img, train_lab, epochs=15, batch_size=32, validation_data=(test_img, test_lab), verbose=2)
