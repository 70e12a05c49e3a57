import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(3)
x, y = load_digits(return_X_y=True)
x = (x / 16.0).astype("float32")
p = np.random.permutation(len(x))
x, y = x[p], y[p]
x_train, y_train, x_test, y_test = x[:1300], y[:1300], x[1300:], y[1300:]


class Projection(tf.keras.layers.Layer):
    def __init__(self, rows, cols):
        super().__init__()
        self.matrix = self.add_weight(shape=(rows, cols), initializer=tf.keras.initializers.RandomNormal(stddev=0.1))
        self.offset = self.add_weight(shape=(cols,), initializer="zeros")

    def call(self, z):
        return tf.tanh(tf.matmul(z, self.matrix) + self.offset)


class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = Projection(64, 5)
        self.second = tf.keras.layers.Dense(64, activation="relu")
        self.third = tf.keras.layers.Dense(10)

    def call(self, z):
        return self.third(self.second(self.first(z)))


model = Model()
model.compile(tf.keras.optimizers.Adam(0.005), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
before = model.first.matrix.numpy().copy()
model.fit(x_train, y_train, epochs=25, batch_size=32, validation_data=(x_test, y_test), verbose=2)
print("moved by", np.abs(model.first.matrix.numpy() - before).mean())
