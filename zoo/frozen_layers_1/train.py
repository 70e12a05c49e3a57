import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

images = load_digits().images[..., None].astype("float32") / 16
target = load_digits().target
p = np.random.default_rng(3).permutation(len(images))
images, target = images[p], target[p]

features = keras.Sequential([
    keras.Input((8, 8, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Conv2D(8, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
], name="features")
features.trainable = False
model = keras.Sequential([features, layers.Dense(10, activation="softmax")])
model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(images[:1400], target[:1400], epochs=15, batch_size=32, validation_data=(images[1400:], target[1400:]), verbose=2)
