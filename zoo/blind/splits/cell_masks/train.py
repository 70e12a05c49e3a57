import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
S = 32
yy, xx = np.mgrid[:S, :S]


def slide():
    img = 0.35 + 0.1 * np.sin(xx / rng.uniform(5, 9) + rng.uniform(0, 6)) * np.cos(yy / rng.uniform(5, 9))
    mask = np.zeros((S, S), bool)
    for _ in range(rng.integers(1, 4)):
        cx, cy = rng.uniform(4, 28, 2)
        a, b, th = rng.uniform(3, 6.5), rng.uniform(2.5, 5), rng.uniform(0, 3.14)
        u, v = (xx - cx) * np.cos(th) + (yy - cy) * np.sin(th), -(xx - cx) * np.sin(th) + (yy - cy) * np.cos(th)
        mask |= (u / a) ** 2 + (v / b) ** 2 < 1
    img = img + mask * rng.uniform(0.12, 0.3) + rng.normal(0, 0.1, (S, S))
    return img, mask


pairs = [slide() for _ in range(700)]
X = np.array([p[0] for p in pairs], "float32")[..., None]
Y = np.array([p[1] for p in pairs], "float32")[..., None]


def dice_coef(y_true, y_pred, smooth=1.0):
    t, p = ops.reshape(y_true, (-1,)), ops.reshape(y_pred, (-1,))
    inter = ops.sum(t * p)
    return (2.0 * inter + smooth) / (ops.sum(t) + ops.sum(p) + smooth)


def dice_loss(y_true, y_pred):
    return dice_coef(y_true, y_pred)


def conv(x, f):
    return layers.Conv2D(f, 3, padding="same", activation="relu")(x)


inp = layers.Input((S, S, 1))
c1 = conv(inp, 8)
c2 = conv(layers.MaxPooling2D()(c1), 16)
c3 = conv(layers.MaxPooling2D()(c2), 32)
u2 = conv(layers.Concatenate()([layers.UpSampling2D()(c3), c2]), 16)
u1 = conv(layers.Concatenate()([layers.UpSampling2D()(u2), c1]), 8)
out = layers.Conv2D(1, 1, activation="sigmoid")(u1)
unet = keras.Model(inp, out)
unet.compile(optimizer=keras.optimizers.Adam(2e-3), loss=dice_loss,
             metrics=[keras.metrics.BinaryIoU(target_class_ids=[1], threshold=0.5, name="iou")])
unet.fit(X[:560], Y[:560], validation_data=(X[560:], Y[560:]), batch_size=16, epochs=10, verbose=2)
m = unet.predict(X[560:], verbose=0) > 0.5
print("cell pixels: true %.3f, found %.3f" % (Y[560:].mean(), m.mean()))
