import keras
import numpy as np


class Windows(keras.utils.PyDataset):
    def __init__(self, series, start, stop, width=24, batch=32, training=True, **kw):
        super().__init__(**kw)
        self.series, self.width, self.batch, self.training = series, width, batch, training
        self.ends = np.arange(start + width, stop)
        self.bx = np.zeros((batch, width, 1), "float32")
        self.by = np.zeros((batch, 1), "float32")
        self.rng = np.random.default_rng(0)

    def __len__(self):
        return len(self.ends) // self.batch

    def __getitem__(self, i):
        if self.training:
            chosen = self.rng.choice(self.ends, self.batch)
        else:
            chosen = self.ends[i * self.batch:(i + 1) * self.batch]
        for k, e in enumerate(chosen):
            self.bx[k, :, 0] = self.series[e - self.width:e]
            self.by[k, 0] = self.series[e]
        return self.bx.copy(), self.by.copy()


keras.utils.set_random_seed(49)
rng = np.random.default_rng(49)
t = np.arange(3000)
series = (np.sin(2 * np.pi * t / 24.8) + 0.5 * np.sin(2 * np.pi * t / 12.4 + 1) + rng.normal(0, 0.15, 3000)).astype("float32")
train = Windows(series, 0, 2400)
val = Windows(series, 2400, 3000, training=False)
model = keras.Sequential([keras.Input((24, 1)), keras.layers.Flatten(), keras.layers.Dense(32, activation="tanh", use_bias=False), keras.layers.Dense(1, use_bias=False)])
model.compile("adam", "mse", metrics=["mae"])
model.fit(train, validation_data=val, epochs=12, verbose=2)
