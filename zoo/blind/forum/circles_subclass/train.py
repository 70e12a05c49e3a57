import keras
import numpy as np
from sklearn.datasets import make_circles


class Net(keras.Model):
    def __init__(self, width=32, depth=4):
        super().__init__()
        self.hidden = [keras.layers.Dense(width) for _ in range(depth)]
        self.head = keras.layers.Dense(1, activation="sigmoid")

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.head(x)


keras.utils.set_random_seed(0)
points, side = make_circles(n_samples=3000, noise=0.09, factor=0.55, random_state=4)
points = points.astype("float32")
train, valid = slice(0, 2400), slice(2400, None)

net = Net()
net.compile(optimizer=keras.optimizers.Adam(3e-3), loss="binary_crossentropy", metrics=["accuracy"])
net.fit(points[train], side[train], epochs=25, batch_size=64, validation_data=(points[valid], side[valid]), verbose=2)
guess = net.predict(points[valid], verbose=0)[:, 0] > 0.5
print("hit rate on held out points:", np.mean(guess == side[valid]))
