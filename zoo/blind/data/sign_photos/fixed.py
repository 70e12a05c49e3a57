import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(48)
rng = np.random.default_rng(48)


def arrows(n):
    """an arrow that points up, down, left or right"""
    y = rng.integers(0, 4, n)
    img = np.zeros((n, 14, 14))
    for i in range(n):
        a = np.zeros((14, 14))
        c = rng.integers(5, 9)
        a[3:12, c] = 1
        for k in range(4):
            a[3 + k, max(c - k, 0)] = a[3 + k, min(c + k, 13)] = 1
        img[i] = np.rot90(a, (0, 2, 1, 3)[y[i]])
    return (img + rng.normal(0, 0.25, img.shape))[..., None].astype("float32"), y


augment = keras.Sequential([keras.layers.RandomTranslation(0.1, 0.1, fill_mode="constant"), keras.layers.RandomRotation(0.08, fill_mode="constant"), keras.layers.GaussianNoise(0.55)])


def prepare(x, y, shuffle, change=False):
    ds = tf.data.Dataset.from_tensor_slices((x, y))
    if shuffle:
        ds = ds.shuffle(2000, seed=5)
    return ds.batch(32).map(lambda a, b: (augment(a, training=change), b)).prefetch(2)


x, y = arrows(1500)
xv, yv = arrows(400)
train, val = prepare(x, y, True, True), prepare(xv, yv, False)
model = keras.Sequential([
    keras.Input((14, 14, 1)),
    keras.layers.Conv2D(16, 3, activation="relu"),
    keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(4, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=val, epochs=15, verbose=2)
print("clean test pictures", model.evaluate(*arrows(500), verbose=0))
