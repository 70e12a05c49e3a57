import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(81)
rng = np.random.default_rng(81)
S = 32


def field():
    yy, xx = np.mgrid[:S, :S]
    lab = np.zeros((S, S), int)
    lab[(yy * np.cos(a := rng.uniform(0, 3)) + xx * np.sin(a)) > rng.uniform(5, 20)] = 1
    cy, cx, r = rng.uniform(6, 26), rng.uniform(6, 26), rng.uniform(4, 8)
    lab[np.hypot(yy - cy, xx - cx) < r] = 2
    colour = np.array([[.35, .55, .25], [.55, .45, .3], [.25, .35, .6]])
    img = colour[lab] + rng.normal(0, 0.03, 3) + rng.normal(0, 0.15, (S, S, 3))
    return img, lab


pairs = [field() for _ in range(420)]
x = np.stack([p[0] for p in pairs]).astype("float32")
y = np.stack([p[1] for p in pairs]).astype("int32")


def flip(img, lab):
    c = tf.random.uniform(()) > 0.5
    img = tf.cond(c, lambda: img[:, ::-1], lambda: img)
    lab = tf.cond(c, lambda: lab[:, ::-1], lambda: lab)
    return img, lab


train = tf.data.Dataset.from_tensor_slices((x[:340], y[:340])).shuffle(340).map(flip).batch(16).prefetch(1)
val = tf.data.Dataset.from_tensor_slices((x[340:], y[340:])).batch(40)

i = keras.Input((S, S, 3))
d = layers.Conv2D(12, 3, padding="same", activation="relu")(i)
e = layers.MaxPooling2D(2)(d)
e = layers.Conv2D(24, 3, padding="same", activation="relu")(e)
e = layers.Conv2D(24, 3, padding="same", activation="relu")(e)
e = layers.UpSampling2D(2)(e)
o = layers.Conv2D(3, 1)(layers.Concatenate()([d, e]))
net = keras.Model(i, o)
net.compile(keras.optimizers.Adam(3e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            metrics=["accuracy", keras.metrics.MeanIoU(3, sparse_y_pred=False, name="miou")])
net.fit(train, validation_data=val, epochs=10, verbose=2)
p = net.predict(x[340:], verbose=0).argmax(-1)
for c in range(3):
    print(c, "IoU", ((p == c) & (y[340:] == c)).sum() / ((p == c) | (y[340:] == c)).sum())
