import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.metrics import classification_report
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(48)
d = load_digits()
images = (d.images[..., None] / 16).astype("float32")
xa, xb, ya, yb = train_test_split(images, d.target, test_size=0.25, random_state=48, stratify=d.target)

augment = keras.Sequential([
    layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
    layers.RandomRotation(0.05, fill_mode="constant"),
    layers.RandomZoom(0.1, fill_mode="constant"),
    layers.GaussianNoise(0.22),
], name="augment")


def make_ds(images, labels, training):
    ds = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        ds = ds.shuffle(len(labels), seed=1)
    ds = ds.batch(32)
    ds = ds.map(lambda a, b: (augment(a, training=training), b))
    return ds.prefetch(2)


inputs = keras.Input((8, 8, 1))
x = layers.Conv2D(32, 3, padding="same", activation="relu")(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
x = layers.Flatten()(x)
x = layers.Dense(64, activation="relu")(x)
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
test_ds = make_ds(xb, yb, training=False)
model.fit(make_ds(xa, ya, training=True), epochs=20, validation_data=test_ds, verbose=2)
hat = model.predict(test_ds, verbose=0).argmax(1)
print(classification_report(yb, hat, digits=3))
