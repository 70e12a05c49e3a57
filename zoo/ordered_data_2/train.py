import numpy as np
import tensorflow as tf

rng = np.random.default_rng(42)
means = rng.normal(0, 1.2, (6, 10))
X = np.concatenate([m + rng.normal(size=(300, 10)) for m in means]).astype("float32")
y = np.repeat(np.arange(6), 300)
Xv = np.concatenate([m + rng.normal(size=(60, 10)) for m in means]).astype("float32")
yv = np.repeat(np.arange(6), 60)


def input_fn(x, t, training):
    ds = tf.data.Dataset.from_tensor_slices((x, t))
    if training:
        ds = ds.shuffle(10)
    return ds.batch(30).prefetch(1)


model = tf.keras.Sequential([tf.keras.layers.Input((10,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(6)])
model.compile(tf.keras.optimizers.SGD(0.1, momentum=0.9), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(input_fn(X, y, True), epochs=12, validation_data=input_fn(Xv, yv, False), verbose=2)
