import numpy as np
import tensorflow as tf

np.random.seed(13)
tf.random.set_seed(13)

SIZE, CLASSES = 24, 6


def texture(c):
    yy, xx = np.mgrid[:SIZE, :SIZE].astype("float32")
    f = np.random.uniform(.5, .9)
    ph = np.random.uniform(0, 6.28)
    base = [np.sin(f * xx + ph), np.sin(f * yy + ph), np.sin(f * (xx + yy) / 1.4 + ph), np.sin(f * (xx - yy) / 1.4 + ph),
            np.sin(f * xx + ph) * np.sin(f * yy + ph), np.sin(f * np.hypot(xx - 12, yy - 12) + ph)][c]
    col = np.random.uniform(12, 40, 3)
    img = 120 + np.random.uniform(-30, 30) + base[..., None] * col + np.random.normal(0, 45, (SIZE, SIZE, 3))
    return np.clip(img, 0, 255).astype("uint8")


lab = np.random.randint(0, CLASSES, 2400)
img = np.stack([texture(c) for c in lab])
onehot = np.eye(CLASSES, dtype="float32")[lab]


def gen(lo, hi, batch=32):
    while True:
        idx = np.random.permutation(np.arange(lo, hi))
        for s in range(0, len(idx) - batch + 1, batch):
            k = idx[s:s + batch]
            yield img[k].astype("float32"), onehot[k]


model = tf.keras.Sequential([
    tf.keras.layers.Input((SIZE, SIZE, 3)),
    tf.keras.layers.Conv2D(16, 3, activation="relu"),
    tf.keras.layers.MaxPooling2D(2),
    tf.keras.layers.Conv2D(32, 3, activation="relu"),
    tf.keras.layers.MaxPooling2D(2),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(CLASSES, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=0.02, momentum=0.9), loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(gen(0, 2000), steps_per_epoch=62, epochs=12, validation_data=gen(2000, 2400), validation_steps=12, verbose=2)
