import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

data = load_digits()
pix = data.images.astype("float32")[..., None] / 16.0
lab = data.target
rng = np.random.default_rng(0)
p = rng.permutation(len(pix))
pix, lab = pix[p], lab[p]

source = lab < 5
backbone = keras.Sequential([
    keras.Input((8, 8, 1)),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(64, 3, padding="same", activation="relu"),
    layers.Flatten(),
], name="backbone")
pretrain = keras.Sequential([backbone, layers.Dense(5, activation="softmax")])
pretrain.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
pretrain.fit(pix[source], lab[source], epochs=8, verbose=2)

backbone.trainable = False
inputs = keras.Input((8, 8, 1))
outputs = layers.Dense(5, activation="softmax")(layers.Dense(32, activation="relu")(backbone(inputs, training=False)))
model = keras.Model(inputs, outputs)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
xt, yt = pix[~source], lab[~source] - 5
model.fit(xt[:600], yt[:600], epochs=10, validation_data=(xt[600:], yt[600:]), verbose=2)
