import io
import time

import numpy as np
import pandas as pd
import tensorflow as tf

rng = np.random.default_rng(0)
n, width, batch = 640, 60, 32
matrix = rng.normal(size=(n, width)).round(4)
labels = (matrix @ rng.normal(size=width) > 0).astype("int32")
text_rows = [",".join(map(str, row)) for row in matrix]


table = pd.read_csv(io.StringIO("\n".join(text_rows)), header=None).to_numpy("float32")


class CsvRows(tf.keras.utils.PyDataset):
    def __len__(self):
        return n // batch

    def __getitem__(self, i):
        return table[i * batch:(i + 1) * batch], labels[i * batch:(i + 1) * batch]


data = CsvRows()
model = tf.keras.Sequential([tf.keras.layers.Input((width,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile(tf.keras.optimizers.Adam(5e-3), "binary_crossentropy", metrics=["accuracy"])
start = time.perf_counter()
model.fit(data, epochs=12, verbose=2)
print("seconds per step", (time.perf_counter() - start) / (12 * len(data)))
