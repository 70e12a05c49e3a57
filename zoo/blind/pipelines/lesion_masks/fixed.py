import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(40)
rng = np.random.default_rng(40)
S = 32


def scan():
    yy, xx = np.mgrid[:S, :S]
    tissue = rng.normal(0, 1, (6, 6)).repeat(6, 0).repeat(6, 1)[:S, :S] * 0.12
    img = 0.45 + tissue + rng.normal(0, 0.16, (S, S))
    mask = np.zeros((S, S))
    for _ in range(rng.integers(1, 3)):
        cy, cx, r = rng.uniform(4, S - 4), rng.uniform(4, S - 4), rng.uniform(1.0, 2.0)
        m = np.hypot(yy - cy, xx - cx) < r
        mask[m] = 1
        img[m] += rng.uniform(0.28, 0.46)
    return img, mask


data = [scan() for _ in range(500)]
images = np.stack([d[0] for d in data]).astype("float32")[..., None]
masks = np.stack([d[1] for d in data]).astype("float32")[..., None]
xtr, ytr, xva, yva = images[:400], masks[:400], images[400:], masks[400:]


def unet():
    i = layers.Input((S, S, 1))
    a = layers.Conv2D(12, 3, padding="same", activation="relu")(i)
    b = layers.MaxPooling2D()(a)
    b = layers.Conv2D(24, 3, padding="same", activation="relu")(b)
    b = layers.UpSampling2D()(b)
    c = layers.Concatenate()([a, b])
    c = layers.Conv2D(12, 3, padding="same", activation="relu")(c)
    return keras.Model(i, layers.Conv2D(1, 1, activation="sigmoid")(c))


net = unet()
net.compile(optimizer=keras.optimizers.Adam(2e-3), loss="binary_crossentropy", metrics=["accuracy"])
weight = 1 + 9 * ytr
net.fit(xtr, ytr, sample_weight=weight, validation_data=(xva, yva), batch_size=16, epochs=9, verbose=2)

p = net.predict(xva, verbose=0) > 0.5
t = yva > 0.5
inter = (p & t).sum()
print("mask share", masks.mean(), "predicted share", p.mean())
print("dice", 2 * inter / (p.sum() + t.sum() + 1e-9))
