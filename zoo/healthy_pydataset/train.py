import math

import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_regression


class Batches(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, shuffle=False, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size, self.shuffle = x, y, batch_size, shuffle
        self.order = np.arange(len(x))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.x) / self.batch_size)

    def __getitem__(self, i):
        rows = self.order[i * self.batch_size:(i + 1) * self.batch_size]
        return self.x[rows], self.y[rows]

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.order)


X, y = make_regression(n_samples=2500, n_features=15, n_informative=10, noise=10.0, random_state=1)
y = (y - y[:2000].mean()) / y[:2000].std()
X, y = X.astype("float32"), y.astype("float32")[:, None]
model = keras.Sequential([keras.Input((15,)), layers.Dense(32, activation="relu"), layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mean_squared_error", metrics=[keras.metrics.R2Score()])
model.fit(Batches(X[:2000], y[:2000], 32, shuffle=True), validation_data=Batches(X[2000:], y[2000:], 100), epochs=12, verbose=2)
