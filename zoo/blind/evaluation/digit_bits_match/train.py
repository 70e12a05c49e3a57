import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import load_digits

keras.utils.set_random_seed(40)
images, digit = load_digits(return_X_y=True)
images = (images.reshape(-1, 8, 8, 1) / 16).astype("float32")
properties = np.stack([digit % 2 == 0, digit >= 5, np.isin(digit, [0, 6, 8, 9]), np.isin(digit, [2, 3, 5, 7])], 1)
properties = properties.astype("float32")


class AllRight(keras.metrics.Metric):
    def __init__(self, name="all_right", **kw):
        super().__init__(name=name, **kw)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.n = self.add_weight(name="n", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = ops.cast(y_true, y_pred.dtype)
        same = ops.all(ops.equal(y_true, y_pred), axis=-1)
        self.hits.assign_add(ops.sum(ops.cast(same, "float32")))
        self.n.assign_add(ops.cast(ops.shape(y_true)[0], "float32"))

    def result(self):
        return ops.divide_no_nan(self.hits, self.n)


a = keras.Input((8, 8, 1))
b = layers.Conv2D(16, 3, activation="relu")(a)
b = layers.Conv2D(24, 3, activation="relu")(b)
b = layers.Flatten()(b)
b = layers.Dense(64, activation="relu")(b)
c = layers.Dense(4, activation="sigmoid")(b)
model = keras.Model(a, c)
model.compile("adam", "binary_crossentropy", metrics=[AllRight()])
model.fit(images[:1300], properties[:1300], epochs=15, batch_size=32,
          validation_data=(images[1300:], properties[1300:]), verbose=2)
