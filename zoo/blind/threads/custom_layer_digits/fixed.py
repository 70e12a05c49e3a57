import numpy as np
import tensorflow as tf
import keras
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(5)


class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kw):
        super().__init__(**kw)
        self.units = units
        self.act = keras.activations.get(activation)

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform", name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, x):
        return self.act(tf.matmul(x, self.w) + self.b)


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.l1 = MyDense(64, "relu")
        self.l2 = MyDense(32, "relu")
        self.l3 = MyDense(10, "softmax")

    def call(self, x):
        return self.l3(self.l2(self.l1(x)))


d = load_digits()
x_train, x_test, y_train, y_test = train_test_split((d.data / 16).astype("float32"), d.target, test_size=.2, random_state=0)
clf = Classifier()
clf.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
clf.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=30, batch_size=32, verbose=2)
pred = clf.predict(x_test, verbose=0).argmax(1)
print(np.bincount(pred, minlength=10))
