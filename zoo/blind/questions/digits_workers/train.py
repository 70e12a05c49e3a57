import numpy as np
import pandas as pd
import keras
from sklearn.datasets import load_digits

keras.utils.set_random_seed(85)
rng = np.random.default_rng(85)
d = load_digits()
table = pd.DataFrame(d.data / 16)
table["worker"] = rng.choice(["anna", "ben", "carl"], len(table), p=[0.25, 0.15, 0.6])
table["label"] = d.target
hasty = table.worker == "carl"
table.loc[hasty, "label"] = np.where(rng.random(hasty.sum()) < 0.75, rng.integers(0, 10, hasty.sum()), table.label[hasty])
gold_x, gold_y = table.iloc[1400:, :64].to_numpy("float32"), d.target[1400:]
table = table.iloc[:1400]

X, y = table.iloc[:, :64].to_numpy("float32"), table.label.to_numpy("int64")
model = keras.Sequential([keras.layers.Input((64,)), keras.layers.Dense(128, activation="relu"),
                          keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=25, batch_size=32, validation_split=0.2, verbose=2)
print("checked by hand:", model.evaluate(gold_x, gold_y, verbose=0))
