import math
import os
import tempfile
import time
import numpy as np
import keras

keras.utils.set_random_seed(63)
rng = np.random.default_rng(63)
folder = tempfile.mkdtemp()
n, d = 600, 1200
y = rng.integers(0, 2, n)
X = rng.normal(size=(n, d)).astype("float32")
X[:, :60] += 0.4 * (2 * y[:, None] - 1)
for i in range(n):
    np.savetxt(os.path.join(folder, f"{i}.csv"), X[i], fmt="%.4f")


def read(i):
    return np.genfromtxt(os.path.join(folder, f"{i}.csv"), delimiter=",", dtype="float32")


class Folder(keras.utils.PyDataset):
    def __init__(self, ids, batch):
        super().__init__()
        self.ids, self.batch = ids, batch

    def __len__(self):
        return math.ceil(len(self.ids) / self.batch)

    def __getitem__(self, k):
        ids = self.ids[k * self.batch:(k + 1) * self.batch]
        return np.stack([read(i) for i in ids]), y[ids]


model = keras.Sequential([keras.layers.Input((d,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dropout(0.3),
                          keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
data = Folder(np.arange(480), 32)
start = time.time()
model.fit(data, epochs=5, verbose=2)
print(f"fit took {time.time() - start:.1f} s")
print(model.evaluate(X[480:], y[480:], verbose=0))
