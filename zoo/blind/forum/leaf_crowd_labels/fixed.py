import keras
import numpy as np
import pandas as pd
from sklearn.datasets import load_digits

keras.utils.set_random_seed(38)
rng = np.random.default_rng(38)
bunch = load_digits()
sheet = pd.DataFrame(bunch.data / 16)
sheet["expert"] = bunch.target
sheet["crowd"] = np.where(rng.random(len(sheet)) < 0.45, rng.integers(0, 10, len(sheet)), bunch.target)
sheet = sheet.sample(frac=1, random_state=38).reset_index(drop=True)

x = sheet.iloc[:, :64].to_numpy("float32")
y = sheet["expert"].to_numpy()

net = keras.Sequential([
    keras.layers.Input((64,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(10, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(x[:1400], y[:1400], epochs=30, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
