import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models, optimizers

tf.keras.utils.set_random_seed(42)
rng = np.random.default_rng(42)

IMG = 20


def draw(kind):
    im = np.zeros((IMG, IMG), "float32")
    cx, cy = rng.integers(7, 13, 2)
    r = rng.integers(3, 6)
    yy, xx = np.mgrid[:IMG, :IMG]
    if kind == 0:      # disc
        im[(xx - cx) ** 2 + (yy - cy) ** 2 <= r * r] = 1
    elif kind == 1:    # square
        im[cy - r:cy + r, cx - r:cx + r] = 1
    elif kind == 2:    # ring
        d = (xx - cx) ** 2 + (yy - cy) ** 2
        im[(d <= r * r) & (d >= (r - 2) ** 2)] = 1
    elif kind == 3:    # cross
        im[cy - r:cy + r + 1, cx - 1:cx + 1] = 1
        im[cy - 1:cy + 1, cx - r:cx + r + 1] = 1
    else:              # diagonal
        im[np.abs((xx - cx) - (yy - cy)) <= 1] = 1
    return im * rng.uniform(.5, 1) + rng.normal(0, .22, (IMG, IMG))


labels = rng.integers(0, 5, 2500)
images = np.stack([draw(k) for k in labels])[..., None].astype("float32")
x_train, y_train = images[:2000], labels[:2000]
x_test, y_test = images[2000:], labels[2000:]

model = models.Sequential([
    layers.Input((IMG, IMG, 1)),
    layers.Conv2D(12, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(24, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(48, activation="relu"),
    layers.Dense(5, activation="softmax"),
])
lr_schedule = optimizers.schedules.ExponentialDecay(initial_learning_rate=1e-3, decay_steps=5, decay_rate=0.8, staircase=True)
model.compile(optimizer=optimizers.Adam(lr_schedule), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, batch_size=32, epochs=22, validation_split=0.15, verbose=2)
print("test", model.evaluate(x_test, y_test, verbose=0))
