import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
S = 24


def leaf(c):
    yy, xx = np.mgrid[:S, :S] - S / 2 + .5
    th = rng.uniform(0, 2 * np.pi)
    u, v = xx * np.cos(th) + yy * np.sin(th), -xx * np.sin(th) + yy * np.cos(th)
    r, a = np.hypot(u, v), np.arctan2(v, u)
    size = rng.uniform(7, 10)
    edge = [size * .9, size / np.sqrt(np.cos(a) ** 2 + 6 * np.sin(a) ** 2), size * (.7 + .3 * np.cos(3 * a)), size * (.75 + .2 * np.cos(5 * a))][c]
    m = (r < edge)[..., None]
    green = np.array([.25, .55, .2]) + rng.normal(0, .08, 3)
    soil = np.array([.45, .38, .3]) + rng.normal(0, .06, 3)
    return (np.where(m, green, soil) + rng.normal(0, .09, (S, S, 3))).clip(0, 1).astype("float32")


lab = rng.integers(0, 4, 2000)
im = np.stack([leaf(c) for c in lab])
train = tf.data.Dataset.from_tensor_slices((im[:1600], lab[:1600])).shuffle(1600, seed=0).batch(32).prefetch(2)
val = tf.data.Dataset.from_tensor_slices((im[1600:], lab[1600:])).batch(100)

inp = keras.Input((S, S, 3))
h = layers.RandomFlip("horizontal_and_vertical")(inp)
h = layers.RandomRotation(.1)(h)
for f in (16, 32):
    h = layers.Conv2D(f, 3, padding="same", use_bias=False)(h)
    h = layers.BatchNormalization(momentum=.9)(h)
    h = layers.ReLU()(h)
    h = layers.MaxPooling2D()(h)
h = layers.Flatten()(h)
h = layers.Dropout(.3)(h)
h = layers.Dense(32, activation="relu")(h)
model = keras.Model(inp, layers.Dense(4)(h))
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train, validation_data=val, epochs=12, verbose=2)
