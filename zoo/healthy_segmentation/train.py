import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(4)
N, S = 500, 24
img = rng.normal(0.3, 0.15, (N, S, S, 1)).astype("float32")
mask = np.zeros((N, S, S, 1), "float32")
gy, gx = np.mgrid[:S, :S]
for k in range(N):
    cy, cx = rng.uniform(7, 17, 2)
    ry, rx = rng.uniform(4, 8, 2)
    inside = ((gy - cy) / ry) ** 2 + ((gx - cx) / rx) ** 2 < 1
    mask[k, inside] = 1
    img[k, inside] += 0.35


def conv(x, f):
    return layers.Conv2D(f, 3, padding="same", activation="relu")(x)


i = keras.Input((S, S, 1))
c1 = conv(i, 12)
c2 = conv(layers.MaxPooling2D()(c1), 24)
c3 = conv(layers.MaxPooling2D()(c2), 24)
u2 = conv(layers.Concatenate()([layers.UpSampling2D()(c3), c2]), 24)
u1 = conv(layers.Concatenate()([layers.UpSampling2D()(u2), c1]), 12)
unet = keras.Model(i, layers.Conv2D(1, 1, activation="sigmoid")(u1))
unet.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=[keras.metrics.BinaryIoU(target_class_ids=[1], threshold=0.5, name="iou")])
unet.fit(img[:400], mask[:400], epochs=6, batch_size=16, validation_data=(img[400:], mask[400:]), verbose=2)
