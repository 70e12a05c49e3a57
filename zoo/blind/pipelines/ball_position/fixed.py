import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(62)
rng = np.random.default_rng(62)

S = 36


def frame():
    yy, xx = np.mgrid[:S, :S]
    cx, cy = rng.uniform(10, S - 10, 2)
    r = rng.uniform(1.8, 2.8)
    ball = np.exp(-((xx - cx) ** 2 + (yy - cy) ** 2) / (2 * r ** 2)) * rng.uniform(0.7, 1.0)
    clutter = rng.uniform(0.1, 0.4) + 0.2 * (rng.random((S, S)) < 0.03) + rng.normal(0, 0.08, (S, S))
    return ball + clutter, (cx / S - .5, cy / S - .5)


pairs = [frame() for _ in range(2000)]
img = np.stack([p[0] for p in pairs]).astype("float32")[..., None]
pos = np.array([p[1] for p in pairs], "float32")
train = tf.data.Dataset.from_tensor_slices((img[:1600], pos[:1600])).shuffle(1600, seed=1).batch(32)
valid = tf.data.Dataset.from_tensor_slices((img[1600:], pos[1600:])).batch(100)

model = keras.Sequential([
    layers.Input((S, S, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(48, activation="relu"),
    layers.Dense(2),
])
model.compile(keras.optimizers.Adam(2e-3), "mse", metrics=["mae"])
model.fit(train, validation_data=valid, epochs=10, verbose=2)
err = np.abs(model.predict(img[1600:], verbose=0) - pos[1600:]) * S
print("mean error in pixels (x, y):", err.mean(0), " always the middle:", (np.abs(pos[1600:]) * S).mean(0))
