import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


def draw(kind, rs, size=20):
    yy, xx = np.mgrid[:size, :size]
    cy, cx, r = rs.uniform(7, 13), rs.uniform(7, 13), rs.uniform(3, 6)
    if kind == 0:
        m = (yy - cy) ** 2 + (xx - cx) ** 2 < r ** 2
    elif kind == 1:
        m = (abs(yy - cy) < r * 0.85) & (abs(xx - cx) < r * 0.85)
    else:
        m = (yy > cy - r) & (yy < cy + r) & (abs(xx - cx) < (yy - cy + r) / 2)
    img = rs.normal(70, 22, (size, size))
    img[m] += rs.uniform(60, 130)
    return np.clip(img, 0, 250).astype("uint8")


rs = np.random.RandomState(7)
labels = rs.randint(0, 3, 2000)
images = np.stack([draw(k, rs) for k in labels])[..., None]
x_train, x_test = images[:1600], images[1600:]
y_train, y_test = labels[:1600], labels[1600:]

# pixels to 0..1
x_train = x_train / 255
x_test = x_test / 255

tf.keras.utils.set_random_seed(7)
model = models.Sequential([
    layers.Input((20, 20, 1)),
    layers.Conv2D(12, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(24, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(32, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.002), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
hist = model.fit(x_train, y_train, epochs=14, batch_size=32, validation_data=(x_test, y_test), verbose=2)
print("last val_accuracy:", hist.history["val_accuracy"][-1])
