import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

bunch = load_digits()
images = np.float32(bunch.images[..., None] / 16)
parity = (bunch.target % 2).astype("float32")
ink = images.mean(axis=(1, 2, 3))
ink = (ink - ink.mean()) / ink.std()
perm = np.random.RandomState(7).permutation(len(images))
train, test = perm[:1450], perm[1450:]

inp = tf.keras.Input((8, 8, 1))
body = tf.keras.layers.Conv2D(24, 3, activation="relu")(inp)
body = tf.keras.layers.Flatten()(body)
body = tf.keras.layers.Dense(48, activation="relu")(body)
model = tf.keras.Model(inp, {
    "digit": tf.keras.layers.Dense(10, activation="softmax", name="digit")(body),
    "odd": tf.keras.layers.Dense(1, activation="sigmoid", name="odd")(body),
    "ink": tf.keras.layers.Dense(1, name="ink")(body),
})
model.compile(
    optimizer="adam",
    loss={"digit": "sparse_categorical_crossentropy", "odd": "binary_crossentropy", "ink": "mse"},
    loss_weights={"digit": 1.0, "odd": 0.5, "ink": 0.5},
    metrics={"digit": ["accuracy"], "odd": ["accuracy"], "ink": ["mae"]},
)


def labels(rows):
    return {"digit": bunch.target[rows], "odd": parity[rows], "ink": ink[rows]}


model.fit(images[train], labels(train), epochs=15, batch_size=32, verbose=2)
print(model.evaluate(images[test], labels(test), return_dict=True, verbose=0))
