import numpy as np
import tensorflow as tf

AUTOTUNE = tf.data.AUTOTUNE
rng = np.random.default_rng(50)


def draw(n):
    imgs = rng.normal(0.2, 0.1, (n, 20, 20, 3))
    kinds = rng.integers(0, 3, n)
    for img, k in zip(imgs, kinds):
        r, c, s = *rng.integers(3, 11, 2), rng.integers(4, 7)
        colour = rng.uniform(0.5, 1.0, 3)
        if k == 0:
            img[r:r + s, c:c + s] = colour
        elif k == 1:
            for d in range(s):
                img[r + d, c:c + d + 1] = colour
        else:
            img[r:r + s, c + s // 2] = colour
            img[r + s // 2, c:c + s] = colour
    return imgs.clip(0, 1).astype("float32"), kinds


augment = tf.keras.Sequential([tf.keras.layers.RandomFlip("horizontal"), tf.keras.layers.RandomTranslation(0.1, 0.1)])
train = (tf.data.Dataset.from_tensor_slices(draw(1600)).cache().shuffle(1600).batch(64)
         .map(lambda x, y: (augment(x, training=True), y), num_parallel_calls=AUTOTUNE).prefetch(AUTOTUNE))
val = tf.data.Dataset.from_tensor_slices(draw(400)).batch(64).cache().prefetch(AUTOTUNE)

model = tf.keras.Sequential([
    tf.keras.layers.Input((20, 20, 3)),
    tf.keras.layers.Conv2D(16, 3, activation="relu"),
    tf.keras.layers.MaxPooling2D(),
    tf.keras.layers.Conv2D(32, 3, activation="relu"),
    tf.keras.layers.MaxPooling2D(),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(3),
])
model.compile(tf.keras.optimizers.Adam(2e-3), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train, validation_data=val, epochs=15, verbose=2)
