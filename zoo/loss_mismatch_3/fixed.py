import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

images = load_digits().images.astype("float32")[..., None] / 16
digits = load_digits().target
order = np.random.default_rng(2).permutation(len(images))
images, digits = images[order], tf.keras.utils.to_categorical(digits[order])
cnn = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(16, 3, activation="relu"),
    tf.keras.layers.MaxPool2D(),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(10),
])
cnn.compile(optimizer="adam", loss=tf.keras.losses.CategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
cnn.fit(images[:1400], digits[:1400], batch_size=32, epochs=10, validation_data=(images[1400:], digits[1400:]), verbose=2)
