import numpy as np
import tensorflow as tf
import keras
from keras import layers, ops

keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)
S = 32


def scene():
    yy, xx = np.mgrid[:S, :S]
    mask = np.zeros((S, S), "float32")
    for _ in range(rng.integers(1, 4)):
        cx, cy, r = rng.integers(5, 27), rng.integers(5, 27), rng.integers(3, 7)
        mask[((xx - cx) / rng.uniform(.7, 1.4)) ** 2 + (yy - cy) ** 2 < r * r] = 1
    grad = rng.uniform(0, .25) * xx / S
    image = .25 + grad + rng.uniform(.2, .35) * mask + rng.normal(0, .1, (S, S))
    return image.clip(0, 1), mask


pairs = [scene() for _ in range(900)]
imgs = np.stack([p[0] for p in pairs])[..., None].astype("float32")
masks = np.stack([p[1] for p in pairs])[..., None].astype("float32")

w = keras.initializers.HeUniform(seed=1)
kw = dict(padding="same", activation="relu", kernel_initializer=w)
inp = keras.Input((S, S, 1))
c1 = layers.Conv2D(8, 3, **kw)(inp)
p1 = layers.MaxPooling2D()(c1)
c2 = layers.Conv2D(16, 3, **kw)(p1)
u = layers.UpSampling2D()(c2)
c3 = layers.Conv2D(8, 3, **kw)(layers.Concatenate()([u, c1]))
out = layers.Conv2D(1, 1, activation="sigmoid")(c3)
unet = keras.Model(inp, out)


def dice(y, p):
    p = ops.cast(p > 0.5, "float32")
    return (2 * ops.sum(y * p) + 1e-6) / (ops.sum(y) + ops.sum(p) + 1e-6)


unet.compile(optimizer=keras.optimizers.Adam(5e-3), loss="binary_crossentropy", metrics=["accuracy", dice])
ds = tf.data.Dataset.from_tensor_slices((imgs[:750], masks[:750])).shuffle(750, seed=1).batch(16)
unet.fit(ds, validation_data=(imgs[750:], masks[750:]), epochs=12, verbose=2)
p = unet.predict(imgs[750:], verbose=0)
print("foreground true %.3f predicted %.3f" % (masks[750:].mean(), (p > .5).mean()))
