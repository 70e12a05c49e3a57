import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(6)
rs = np.random.RandomState(6)
S = 32
yy, xx = np.mgrid[:S, :S]


def scene():
    img = 0.55 + 0.06 * rs.randn(S, S)
    mask = np.zeros((S, S))
    for _ in range(rs.randint(1, 4)):
        cx, cy, a, b = rs.uniform(2, S - 2), rs.uniform(2, S - 2), rs.uniform(3, 7), rs.uniform(3, 7)
        mask[((xx - cx) / a) ** 2 + ((yy - cy) / b) ** 2 < 1] = 1
    img = img - 0.22 * mask + 0.1 * rs.randn(S, S) + rs.normal(0, 0.04)
    return img, mask


pairs = [scene() for _ in range(700)]
images = np.array([p[0] for p in pairs], "float32")[..., None]
masks = np.array([p[1] for p in pairs], "float32")[..., None]
tr_x, tr_y, va_x, va_y = images[:560], masks[:560], images[560:], masks[560:]


class Tiles(keras.utils.PyDataset):
    """batches of randomly mirrored tiles"""

    def __init__(self, x, y, batch=16):
        super().__init__()
        self.x, self.y, self.batch = x, y, batch
        self.order = np.arange(len(x))
        self.on_epoch_end()

    def __len__(self):
        return len(self.x) // self.batch

    def on_epoch_end(self):
        rs.shuffle(self.order)

    def mirror(self, stack):
        for i, (h, v) in enumerate(self.coins):
            if h:
                stack[i] = stack[i, :, ::-1]
            if v:
                stack[i] = stack[i, ::-1]
        return stack

    def toss(self):
        self.coins = rs.rand(self.batch, 2) < 0.5

    def __getitem__(self, k):
        rows = self.order[k * self.batch:(k + 1) * self.batch]
        self.toss()
        x = self.mirror(self.x[rows])
        self.toss()
        y = self.mirror(self.y[rows])
        return x, y


inp = layers.Input((S, S, 1))
a = layers.Conv2D(12, 3, padding="same", activation="relu")(inp)
b = layers.Conv2D(24, 3, strides=2, padding="same", activation="relu")(a)
b = layers.Conv2D(24, 3, padding="same", activation="relu")(b)
u = layers.Concatenate()([layers.UpSampling2D()(b), a])
out = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(u)
net = keras.Model(inp, out)
net.compile(optimizer=keras.optimizers.Adam(2e-3), loss="binary_crossentropy",
            metrics=["accuracy", keras.metrics.BinaryIoU(target_class_ids=[1], name="iou")])
net.fit(Tiles(tr_x, tr_y), validation_data=(va_x, va_y), epochs=10, verbose=2)
