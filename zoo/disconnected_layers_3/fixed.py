import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(71)
text = rng.normal(size=(2400, 10)).astype("float32")
image = rng.normal(size=(2400, 10)).astype("float32")
y = (text[:, 0] + image[:, 0] * 2 + image[:, 1] > 0).astype("int32")
a, b = keras.Input((10,), name="text"), keras.Input((10,), name="image")
ha = layers.Dense(24, activation="relu")(a)
hb = layers.Dense(24, activation="relu")(b)
merged = layers.Concatenate()([ha, hb])
hidden = layers.Dense(24, activation="relu")(merged)
out = layers.Dense(1, activation="sigmoid")(hidden)
model = keras.Model([a, b], out)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit([text[:2000], image[:2000]], y[:2000], epochs=10, batch_size=32, validation_data=([text[2000:], image[2000:]], y[2000:]), verbose=2)
