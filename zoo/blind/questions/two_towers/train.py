import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(75)
rng = np.random.default_rng(75)
n = 1200
image = rng.normal(size=(n, 12, 12, 1)).astype("float32")
meta = rng.normal(size=(n, 4)).astype("float32")
label = ((image[:, 4:8, 4:8].mean((1, 2, 3)) * 4 + meta[:, 0]) > 0).astype("int32")

img_in, meta_in = keras.Input((12, 12, 1)), keras.Input((4,))
a = layers.Conv2D(8, 3, activation="relu")(img_in)
a = layers.MaxPooling2D()(a)
b = layers.Dense(8, activation="relu")(meta_in)
c = layers.concatenate([a, b])
c = layers.Dense(16, activation="relu")(c)
out = layers.Dense(1, activation="sigmoid")(c)
model = keras.Model([img_in, meta_in], out)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit([image[:900], meta[:900]], label[:900], epochs=12, validation_data=([image[900:], meta[900:]], label[900:]), verbose=2)
