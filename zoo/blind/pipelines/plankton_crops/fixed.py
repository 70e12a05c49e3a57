import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)

S = 24
KINDS = ("copepod", "chain", "ring")


def specimen(kind):
    yy, xx = np.mgrid[:S, :S].astype("float32")
    cy, cx = rng.uniform(8, 16, 2)
    th = rng.uniform(0, np.pi)
    u = (xx - cx) * np.cos(th) + (yy - cy) * np.sin(th)
    v = -(xx - cx) * np.sin(th) + (yy - cy) * np.cos(th)
    if kind == 0:
        im = np.exp(-(u / 5.5) ** 2 - (v / 2.6) ** 2)
    elif kind == 1:
        im = sum(np.exp(-((u - k) / 1.6) ** 2 - (v / 1.8) ** 2) for k in (-5.5, -1.8, 1.8, 5.5))
    else:
        im = np.exp(-((np.hypot(u / 1.3, v) - 4.2) / 1.5) ** 2)
    im = 0.12 + 0.5 * im + rng.normal(0, 0.075, (S, S))
    return (255 * im.clip(0, 1)).astype("uint8")


def load_split(n):
    labels = rng.integers(0, 3, n)
    imgs = np.zeros((n, S, S, 1), dtype="uint8")
    for i, k in enumerate(labels):
        imgs[i, ..., 0] = specimen(k)
    return imgs, keras.utils.to_categorical(labels, 3)


x_train, y_train = load_split(2000)
x_val, y_val = load_split(500)
x_train = (x_train / 255).astype("float32")
x_val = (x_val / 255).astype("float32")

model = keras.Sequential([
    layers.Input((S, S, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(32, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=8, batch_size=50, verbose=2)
probs = model.predict(x_val, verbose=0)
print("predicted per class", dict(zip(KINDS, np.bincount(probs.argmax(1), minlength=3).tolist())))
