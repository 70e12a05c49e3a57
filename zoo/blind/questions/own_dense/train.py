import keras
import numpy as np
from sklearn.datasets import load_wine

keras.utils.set_random_seed(92)


class MyDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight("kernel", (input_shape[-1], self.units), initializer="glorot_uniform")
        self.b = self.add_weight("bias", (self.units,), initializer="zeros")

    def call(self, x):
        return keras.ops.matmul(x, self.w) + self.b


X, y = load_wine(return_X_y=True)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")
p = np.random.permutation(len(X))
X, y = X[p], y[p]
model = keras.Sequential([keras.layers.Input((13,)), MyDense(16), keras.layers.ReLU(), MyDense(3), keras.layers.Softmax()])
model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=15, batch_size=16, validation_split=0.25, verbose=2)
