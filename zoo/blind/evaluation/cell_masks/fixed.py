import numpy as np
import keras
from keras import layers, ops


def draw(n, size, rng):
    yy, xx = np.mgrid[:size, :size]
    imgs = np.zeros((n, size, size, 1), "float32")
    masks = np.zeros((n, size, size, 1), "float32")
    for k in range(n):
        back = 0.3 + 0.15 * np.sin(xx / rng.uniform(2, 6) + rng.uniform(0, 6))
        m = np.zeros((size, size), bool)
        for _ in range(rng.integers(1, 4)):
            cx, cy, r = rng.uniform(3, size - 3), rng.uniform(3, size - 3), rng.uniform(2, 4.5)
            m |= (xx - cx) ** 2 + (yy - cy) ** 2 < r * r
        imgs[k, ..., 0] = back + 0.35 * m + rng.normal(0, 0.15, (size, size))
        masks[k, ..., 0] = m
    return imgs, masks


def soft_dice(y_true, y_pred, smooth=1.0):
    axes = (1, 2, 3)
    inter = ops.sum(y_true * y_pred, axis=axes)
    total = ops.sum(y_true, axis=axes) + ops.sum(y_pred, axis=axes)
    return (2.0 * inter + smooth) / (total + smooth)


def dice_loss(y_true, y_pred):
    return 1.0 - ops.mean(soft_dice(y_true, y_pred))


class TinyUNet(keras.Model):
    def __init__(self):
        super().__init__()
        c = lambda f: layers.Conv2D(f, 3, padding="same", activation="relu")
        self.a, self.b, self.c, self.d = c(8), c(16), c(16), c(8)
        self.pool = layers.MaxPooling2D()
        self.up = layers.UpSampling2D()
        self.head = layers.Conv2D(1, 1, activation="sigmoid")

    def call(self, x):
        s = self.a(x)
        h = self.c(self.b(self.pool(s)))
        h = ops.concatenate([self.up(h), s], axis=-1)
        return self.head(self.d(h))


def main():
    keras.utils.set_random_seed(4)
    rng = np.random.default_rng(4)
    x, y = draw(600, 24, rng)
    xt, yt = draw(150, 24, rng)
    model = TinyUNet()
    model.compile(optimizer=keras.optimizers.Adam(3e-3), loss=dice_loss, metrics=["binary_accuracy"])
    model.fit(x, y, batch_size=16, epochs=12, validation_data=(xt, yt), verbose=2)
    p = model.predict(xt, verbose=0) > 0.5
    t = yt > 0.5
    iou = (p & t).sum() / max((p | t).sum(), 1)
    print("IoU on test images: %.3f" % iou)


main()
