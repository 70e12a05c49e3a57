# small U-Net like network for blobs
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)


def make(n, size=32):
    yy, xx = np.mgrid[:size, :size]
    imgs = np.zeros((n, size, size), "uint8")
    masks = np.zeros((n, size, size), "uint8")
    for k in range(n):
        img = rng.normal(60, 18, (size, size))
        for _ in range(rng.integers(1, 4)):
            r, c, rad = rng.integers(5, size - 5), rng.integers(5, size - 5), rng.integers(3, 6)
            blob = (yy - r) ** 2 + (xx - c) ** 2 < rad ** 2
            img[blob] += 70
            masks[k][blob] = 255
        imgs[k] = img.clip(0, 255)
    return imgs[..., None], masks[..., None]


images, masks = make(300)
images = images.astype("float32") / 255.0
masks = masks.astype("float32")

inp = keras.Input((32, 32, 1))
c1 = layers.Conv2D(8, 3, padding="same", activation="relu")(inp)
p1 = layers.MaxPooling2D()(c1)
c2 = layers.Conv2D(16, 3, padding="same", activation="relu")(p1)
u1 = layers.UpSampling2D()(c2)
m1 = layers.concatenate([c1, u1])
c3 = layers.Conv2D(8, 3, padding="same", activation="relu")(m1)
out = layers.Conv2D(1, 1, activation="sigmoid")(c3)
unet = keras.Model(inp, out)
unet.compile(optimizer=keras.optimizers.Adam(1e-2), loss="binary_crossentropy", metrics=["accuracy"])
unet.fit(images[:240], masks[:240], validation_data=(images[240:], masks[240:]), epochs=8, batch_size=16, verbose=2)

pred = unet.predict(images[240:], verbose=0) > 0.5
true = masks[240:] > 0
print("IoU", (pred & true).sum() / (pred | true).sum(), "share of foreground", pred.mean(), true.mean())
