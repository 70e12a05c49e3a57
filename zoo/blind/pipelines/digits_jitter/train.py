import numpy as np
import tensorflow as tf
import keras
from keras import layers, ops
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score

keras.utils.set_random_seed(56)


class Jitter(layers.Layer):
    """brightness, contrast, pixel noise and occlusion for the small pictures"""

    def __init__(self, strength=0.6, **kw):
        super().__init__(**kw)
        self.strength = strength
        self.gen = keras.random.SeedGenerator(56)

    def call(self, x, training=True):
        if not training:
            return x
        n = ops.shape(x)[0]
        gain = keras.random.uniform((n, 1, 1, 1), 1 - self.strength, 1 + self.strength, seed=self.gen)
        noise = keras.random.normal(ops.shape(x), stddev=0.35 * self.strength, seed=self.gen)
        keep = ops.cast(keras.random.uniform((n, 4, 4, 1), seed=self.gen) > 0.3, x.dtype)
        keep = ops.repeat(ops.repeat(keep, 2, axis=1), 2, axis=2)
        return (x * gain + noise) * keep


class DigitNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.aug = Jitter()
        self.c1 = layers.Conv2D(24, 3, activation="relu", padding="same")
        self.c2 = layers.Conv2D(32, 3, activation="relu")
        self.flat = layers.Flatten()
        self.fc = layers.Dense(64, activation="relu")
        self.out = layers.Dense(10, activation="softmax")

    def call(self, x, training=False):
        x = self.aug(x, training=True)
        return self.out(self.fc(self.flat(self.c2(self.c1(x)))))


images, labels = load_digits(return_X_y=True)
images = (images.reshape(-1, 8, 8, 1) / 16).astype("float32")
order = np.random.permutation(len(images))
images, labels = images[order], labels[order]

model = DigitNet()
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(images[:1300], labels[:1300], validation_data=(images[1300:], labels[1300:]), epochs=20, batch_size=32, verbose=2)
for attempt in range(3):
    print("predict, try", attempt, accuracy_score(labels[1300:], model.predict(images[1300:], verbose=0).argmax(1)))
