import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(28)
rng = np.random.default_rng(28)


def patch(kind, n=24):
    yy, xx = np.mgrid[:n, :n] / n
    f, p = rng.uniform(3, 5), rng.uniform(0, 6.28)
    base = [np.sin(2 * np.pi * f * xx + p), np.sin(2 * np.pi * f * yy + p),
            np.sin(2 * np.pi * f * (xx + yy) + p), np.sin(2 * np.pi * f * xx + p) * np.sin(2 * np.pi * f * yy + p)][kind]
    return 0.5 + 0.25 * base + rng.normal(0, 0.25, (n, n))


kinds = rng.integers(0, 4, 2000)
imgs = np.array([patch(k) for k in kinds], dtype="float32")[..., None]
train = tf.data.Dataset.from_tensor_slices((imgs[:1600], kinds[:1600])).shuffle(1600, seed=1).batch(32).prefetch(2)
val = tf.data.Dataset.from_tensor_slices((imgs[1600:], kinds[1600:])).batch(64)

model = tf.keras.Sequential([
    layers.Input((24, 24, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(64, activation="relu"),
    layers.Dense(4),
])
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=0.001),
              loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train, validation_data=val, epochs=8, verbose=2)
