import keras
import numpy as np
from keras import ops
from sklearn.metrics import cohen_kappa_score

keras.utils.set_random_seed(72)
rng = np.random.default_rng(72)
x = rng.normal(0, 1, (2500, 8)).astype("float32")
z = 1.2 * x[:, 0] - x[:, 1] + 0.8 * np.abs(x[:, 2]) + rng.normal(0, 0.5, 2500)
level = np.searchsorted([-1.5, -0.2, 1.2, 2.5], z)
steps = (level[:, None] > np.arange(4)).astype("float32")


def right_level(y_true, y_pred):
    a = ops.sum(ops.cast(y_true > 0.5, "int32"), -1)
    b = ops.sum(ops.cast(y_pred > 0, "int32"), -1)
    return ops.cast(a == b, "float32")


class Thresholds(keras.layers.Layer):
    def build(self, shape):
        self.first = self.add_weight(shape=(1,), initializer="zeros")
        self.gaps = self.add_weight(shape=(3,), initializer="zeros")

    def call(self, score):
        cuts = ops.concatenate([self.first, self.first + ops.cumsum(ops.softplus(self.gaps))])
        return score - cuts


inp = keras.Input((8,))
h = keras.layers.Dense(32, activation="relu")(inp)
model = keras.Model(inp, Thresholds()(keras.layers.Dense(1)(h)))
model.compile(keras.optimizers.Adam(5e-3), keras.losses.BinaryCrossentropy(from_logits=True), metrics=[right_level])
model.fit(x[:2000], steps[:2000], epochs=25, batch_size=32, validation_data=(x[2000:], steps[2000:]), verbose=2)
guess = (model.predict(x[2000:], verbose=0) > 0).sum(1)
print("weighted kappa", cohen_kappa_score(level[2000:], guess, weights="quadratic"))
