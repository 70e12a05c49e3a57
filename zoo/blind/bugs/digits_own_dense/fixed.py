import numpy as np
import keras
from keras import ops
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(17)


class MyDense(keras.layers.Layer):
    def __init__(self, units, act=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.act = keras.activations.get(act)

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform", trainable=True, name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True, name="b")

    def call(self, inputs):
        return self.act(ops.matmul(inputs, self.w) + self.b)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.l1 = MyDense(64, "relu")
        self.l2 = MyDense(32, "relu")
        self.l3 = MyDense(10, "softmax")

    def call(self, x):
        x = ops.reshape(x, (-1, 64))
        return self.l3(self.l2(self.l1(x)))


X, Y = load_digits(return_X_y=True)
X = X.reshape(-1, 8, 8) / 16.
a, b, c, d = train_test_split(X, Y, test_size=.2, random_state=4)
net = Net()
net.compile(optimizer=keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
for epoch in range(20):
    order = np.random.permutation(len(a))
    logs = []
    for s in range(0, len(a), 32):
        j = order[s:s + 32]
        logs.append(net.train_on_batch(a[j], c[j]))
    print(epoch, "loss %.4f acc %.4f" % tuple(float(v) for v in logs[-1]), "| test", net.evaluate(b, d, verbose=0))
pred = net.predict(b, verbose=0)
print(np.bincount(pred.argmax(1), minlength=10))
