import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(55)


class Block(layers.Layer):
    def __init__(self, filters, **kw):
        super().__init__(**kw)
        self.conv = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.bn = layers.BatchNormalization(momentum=0.9)
        self.act = layers.ReLU()

    def call(self, x, training=None):
        x = self.conv(x)
        x = self.bn(x, training=True)
        return self.act(x)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.b1, self.b2 = Block(16), Block(32)
        self.pool = layers.MaxPooling2D()
        self.gap = layers.GlobalAveragePooling2D()
        self.head = layers.Dense(10)

    def call(self, x, training=None):
        x = self.pool(self.b1(x, training=training))
        x = self.b2(x, training=training)
        return self.head(self.gap(x))


X, y = load_digits(return_X_y=True)
X = X.reshape(-1, 8, 8, 1).astype("float32") / 16
p = np.random.permutation(len(X))
X, y = X[p], y[p]
X_train, y_train, X_test, y_test = X[:1400], y[:1400], X[1400:], y[1400:]

net = Net()
net.compile(keras.optimizers.Adam(5e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
net.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=12, batch_size=64, verbose=2)

# in the application the pictures come one at a time
served = np.array([int(np.argmax(net(X_test[i:i + 1], training=False))) for i in range(len(X_test))])
print("accuracy when served one by one:", (served == y_test).mean())
print("first answers", served[:20], "expected", y_test[:20])
