import keras
import numpy as np

keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)
PALETTE = np.array([[200, 40, 40], [40, 60, 200], [210, 180, 60], [60, 170, 200], [60, 160, 60], [150, 50, 160]])


def draw(n):
    kind = rng.integers(0, len(PALETTE), n)
    img = rng.normal(110, 25, (n, 12, 12, 3))
    for i, k in enumerate(kind):
        r, c = rng.integers(0, 6, 2)
        img[i, r:r + 6, c:c + 6] = PALETTE[k] + rng.normal(0, 25, (6, 6, 3))
    return np.clip(img, 0, 255).astype("uint8"), kind


def load_album(n):
    images, kind = draw(n)
    return images.astype("float32") / 127.5 - 1, kind


def load_camera(n):
    images, kind = draw(n)
    images = images[..., ::-1]
    return images.astype("float32") / 127.5 - 1, kind


x, y = load_album(1500)
xc, yc = load_camera(400)

inp = keras.Input((12, 12, 3))
h = keras.layers.Conv2D(16, 3, activation="relu")(inp)
h = keras.layers.Conv2D(24, 3, strides=2, activation="relu")(h)
h = keras.layers.GlobalMaxPooling2D()(h)
out = keras.layers.Dense(len(PALETTE))(h)
net = keras.Model(inp, out)
net.compile(keras.optimizers.Adam(3e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
net.fit(x, y, batch_size=32, epochs=12, validation_data=(xc, yc), verbose=2)
print("album ", net.evaluate(x, y, verbose=0))
print("camera", net.evaluate(xc, yc, verbose=0))
