import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits


def flip(z, rate=0.15):
    hole = np.random.random(z.shape) < rate
    return np.where(hole, 1 - z, z).astype("float32")


keras.utils.set_random_seed(73)
clean = (load_digits().images > 7).astype("float32")[..., None]
np.random.shuffle(clean)
a, b = clean[:1500], clean[1500:]
inp = layers.Input((8, 8, 1))
h = layers.Conv2D(32, 3, padding="same", activation="relu")(inp)
h = layers.MaxPooling2D(2)(h)
h = layers.Conv2D(32, 3, padding="same", activation="relu")(h)
h = layers.UpSampling2D(2)(h)
h = layers.Conv2D(32, 3, padding="same", activation="relu")(h)
out = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(h)
dae = keras.Model(inp, out)
dae.compile("adam", "binary_crossentropy")
nb = flip(b)
dae.fit(flip(a), a, batch_size=32, epochs=16, validation_data=(nb, b), verbose=2)
print("wrong pixels before %.4f, after %.4f" % (np.mean(nb != b), np.mean((dae.predict(nb, verbose=0) > 0.5) != b)))
