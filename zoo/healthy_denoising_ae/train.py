import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Model

rng = np.random.default_rng(2)
yy, xx = np.mgrid[0:16, 0:16]
clean = np.zeros((1200, 16, 16, 1), "float32")
for k in range(len(clean)):
    cx, cy, r = rng.uniform(4, 12), rng.uniform(4, 12), rng.uniform(2, 4)
    clean[k, ..., 0] = (xx - cx) ** 2 + (yy - cy) ** 2 < r ** 2
noisy = np.clip(clean + rng.normal(0, 0.35, clean.shape), 0, 1).astype("float32")


class Denoiser(Model):
    def __init__(self):
        super().__init__()
        self.enc = [layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
                    layers.Conv2D(16, 3, padding="same", activation="relu")]
        self.dec = [layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu"),
                    layers.Conv2D(1, 3, padding="same", activation="sigmoid")]

    def call(self, x):
        for layer in self.enc + self.dec:
            x = layer(x)
        return x


ae = Denoiser()
ae.compile(optimizer="adam", loss="binary_crossentropy", metrics=["mse"])
ae.fit(noisy[:1000], clean[:1000], epochs=12, batch_size=32, validation_data=(noisy[1000:], clean[1000:]), verbose=0)
restored = ae.predict(noisy[1000:], verbose=0)
print("mse of noisy images   ", np.mean((noisy[1000:] - clean[1000:]) ** 2))
print("mse of restored images", np.mean((restored - clean[1000:]) ** 2))
