import os
import tempfile
import time

import keras
import numpy as np
import pandas as pd

keras.utils.set_random_seed(65)
rng = np.random.default_rng(65)
n = 6000
frame = pd.DataFrame(rng.normal(0, 1, (n, 20)), columns=[f"s{i}" for i in range(20)])
frame["y"] = (frame["s0"] * 2 - frame["s3"] + np.abs(frame["s5"]) + rng.normal(0, 0.3, n) > 0.8).astype(int)
path = os.path.join(tempfile.mkdtemp(), "readings.csv")
frame.to_csv(path, index=False)


class Blocks(keras.utils.PyDataset):
    def __init__(self, path, first, last, batch=64, **kw):
        super().__init__(**kw)
        self.path, self.first, self.last, self.batch = path, first, last, batch

    def __len__(self):
        return (self.last - self.first) // self.batch

    def __getitem__(self, i):
        table = pd.read_csv(self.path)
        a = self.first + i * self.batch
        part = table.iloc[a:a + self.batch]
        return part.drop(columns="y").to_numpy("float32"), part["y"].to_numpy("float32")[:, None]


model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
for epoch in range(4):
    t = time.time()
    h = model.fit(Blocks(path, 0, 5000), validation_data=Blocks(path, 5000, n), verbose=0).history
    print(f"epoch {epoch} {time.time() - t:.2f} s", {k: round(v[0], 3) for k, v in h.items()})
