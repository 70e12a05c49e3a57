import keras
import numpy as np
import tensorflow as tf
from keras import layers
from sklearn.datasets import load_digits

d = load_digits()
images = tf.data.Dataset.from_tensor_slices((d.images[..., None] / 16.0).astype("float32")).shuffle(1797, seed=1, reshuffle_each_iteration=False)
labels = tf.data.Dataset.from_tensor_slices(d.target).shuffle(1797, seed=2, reshuffle_each_iteration=False)
pairs = tf.data.Dataset.zip((images, labels))
test = pairs.take(397).batch(100)
train = pairs.skip(397).batch(32)

model = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(16, 3, activation="relu"), layers.Flatten(), layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, epochs=10, validation_data=test, verbose=2)
