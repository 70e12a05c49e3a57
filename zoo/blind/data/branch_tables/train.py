import keras
import numpy as np
import pandas as pd

keras.utils.set_random_seed(97)
rng = np.random.default_rng(97)
n = 1500
people = pd.DataFrame(rng.normal(0, 1, (n, 5)), columns=list("abcde"))
people["client"] = np.arange(n)
people["branch"] = rng.integers(0, 300, n)
z = 2 * people["a"] - 1.5 * people["b"] + people["c"] * people["d"]
answers = pd.DataFrame({"client": people["client"], "branch": people["branch"], "bought": (z + rng.normal(0, 0.4, n) > 0).astype(int)}).sample(frac=1, random_state=0)
old, new = people[:1200], people[1200:]
table = old.drop(columns="client").merge(answers[answers["client"] < 1200].drop(columns="client"), on="branch")
check = new.drop(columns="client").merge(answers[answers["client"] >= 1200].drop(columns="client"), on="branch")
table = table.sample(frac=1, random_state=1)
cols = list("abcde")
model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=["accuracy"])
model.fit(table[cols].to_numpy("float32"), table["bought"].to_numpy(), epochs=20, batch_size=32,
          validation_data=(check[cols].to_numpy("float32"), check["bought"].to_numpy()), verbose=2)
