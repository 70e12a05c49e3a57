import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(37)
rng = np.random.default_rng(37)


def picture(kind):
    im = np.zeros((20, 20), "float32")
    r, c = rng.integers(2, 9, 2)
    if kind == 0:      # frame
        im[r:r + 9, c] = im[r:r + 9, c + 8] = im[r, c:c + 9] = im[r + 8, c:c + 9] = 1
    elif kind == 1:    # cross
        im[r:r + 9, c + 4] = 1
        im[r + 4, c:c + 9] = 1
        im[r, c:c + 8] = im[r + 8, c:c + 7] = 1
    else:              # diagonals
        k = np.arange(9)
        im[r + k, c + k] = im[r + k, c + 8 - k] = 1
        im[r, c:c + 9] = im[r + 8, c:c + 9] = 1
    return im + rng.normal(0, 0.1, im.shape)


y = rng.integers(0, 3, 1500)
X = np.stack([picture(k) for k in y])[..., None].astype("float32")
model = keras.Sequential([
    layers.Input((20, 20, 1)),
    layers.Conv2D(32, 1, activation="relu"),
    layers.Conv2D(32, 1, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(32, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1200], y[:1200], validation_data=(X[1200:], y[1200:]), epochs=10, batch_size=32, verbose=2)
