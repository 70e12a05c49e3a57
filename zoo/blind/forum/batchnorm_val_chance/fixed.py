import keras
from keras import layers
import numpy as np
from sklearn.datasets import load_digits

keras.utils.set_random_seed(13)
dig = load_digits()
p = np.random.RandomState(13).permutation(1797)
x, y = dig.images[p][..., None].astype("float32") * 10 + 90, dig.target[p]


def block(z, f):
    z = layers.Conv2D(f, 3, padding="same", use_bias=False)(z)
    z = layers.BatchNormalization(momentum=0.9)(z)
    return layers.ReLU()(z)


i = keras.Input((8, 8, 1))
z = block(i, 16)
z = layers.MaxPooling2D()(z)
z = block(z, 32)
z = block(z, 32)
z = layers.Flatten()(z)
o = layers.Dense(10, activation="softmax")(z)
model = keras.Model(i, o)
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], y[:1400], epochs=8, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
