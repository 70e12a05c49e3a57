import io

import keras
import numpy as np
import pandas as pd
from sklearn.datasets import load_wine

keras.utils.set_random_seed(98)
wine = load_wine(as_frame=True).frame.sample(frac=1, random_state=98).reset_index(drop=True)
train, fresh = wine[:120], wine[120:]
features = [c for c in wine if c != "target"]
mean, std = train[features].mean(), train[features].std()
# the table of the laboratory
sheet = fresh[sorted(wine.columns)].to_csv(index=False)

received = pd.read_csv(io.StringIO(sheet))
x = ((train[features] - mean) / std).to_numpy("float32")
z = (received.drop(columns="target") - mean) / std
x_fresh = z[received.columns.drop("target")].to_numpy("float32")
inp = keras.Input((13,))
h = keras.layers.Dense(24, activation="relu")(inp)
model = keras.Model(inp, keras.layers.Dense(3, activation="softmax")(h))
model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, train["target"].to_numpy(), epochs=25, batch_size=16, verbose=2)
print("fresh bottles", model.evaluate(x_fresh, received["target"].to_numpy(), verbose=0))
