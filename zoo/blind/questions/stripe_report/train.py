import numpy as np
import tensorflow as tf
from sklearn.metrics import classification_report

tf.keras.utils.set_random_seed(46)
rng = np.random.default_rng(46)
NAMES = ["stripes_h", "stripes_v", "checks"]


def sample(kind):
    f, ph = rng.uniform(0.8, 1.4), rng.uniform(0, 6)
    yy, xx = np.mgrid[:24, :24]
    h, v = np.sin(f * yy + ph), np.sin(f * xx + ph)
    im = (h, v, h * v)[kind]
    return (im * 0.4 + 0.5 + rng.normal(0, 0.25, im.shape)).clip(0, 1)


def dataset(n, training):
    k = rng.integers(0, 3, n)
    x = np.stack([sample(i) for i in k])[..., None].astype("float32")
    d = tf.data.Dataset.from_tensor_slices((x, k))
    d = d.shuffle(n)
    return d.batch(32).prefetch(tf.data.AUTOTUNE)


train, test = dataset(900, True), dataset(240, False)
model = tf.keras.Sequential([
    tf.keras.layers.Input((24, 24, 1)),
    tf.keras.layers.Conv2D(12, 3, activation="relu"),
    tf.keras.layers.MaxPooling2D(),
    tf.keras.layers.Conv2D(24, 3, activation="relu"),
    tf.keras.layers.GlobalAveragePooling2D(),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile(tf.keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=test, epochs=8, verbose=2)
predicted = model.predict(test, verbose=0).argmax(axis=1)
true = np.concatenate([label for _, label in test])
print(classification_report(true, predicted, target_names=NAMES))
