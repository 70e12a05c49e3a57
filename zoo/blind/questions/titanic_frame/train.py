import numpy as np
import pandas as pd
import keras

keras.utils.set_random_seed(91)
rng = np.random.default_rng(91)
n = 800
df = pd.DataFrame({"pclass": rng.integers(1, 4, n), "sex": rng.choice(["male", "female"], n), "age": rng.normal(30, 12, n).clip(1).round()})
df["survived"] = (rng.random(n) < 1 / (1 + np.exp(-(1.5 * (df.sex == "female") * 2 - 1.8 + 0.5 * (2 - df.pclass))))).astype(int)
df["age"] = (df.age - 30) / 12
x = df[["pclass", "sex", "age"]].values
y = df["survived"].values
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=25, validation_split=0.2, verbose=2)
