import keras
import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, f1_score

keras.utils.set_random_seed(64)
rng = np.random.default_rng(64)
herd = pd.DataFrame({"farm": rng.integers(0, 12, 2400), "temp": rng.normal(38.6, 0.5, 2400), "steps": rng.gamma(5, 300, 2400)})
herd["milk"] = 20 + 0.004 * herd.steps - 3 * (herd.temp - 38.6) + rng.normal(0, 2, 2400)
risk = 2.5 * (herd.temp - 38.6) - 0.003 * (herd.steps - 1500) - 0.25 * (herd.milk - 26)
herd["ill"] = (risk + rng.normal(0, 0.4, 2400) > 0).astype(int)
columns = ["temp", "steps", "milk"]
x = ((herd[columns] - herd[columns].mean()) / herd[columns].std()).to_numpy("float32")
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(20, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:1800], herd.ill[:1800], epochs=20, batch_size=32, validation_split=0.2, verbose=2)

test = herd.iloc[1800:].reset_index(drop=True)
test["said"] = (model.predict(x[1800:], verbose=0)[:, 0] > 0.5).astype(int)
by_farm = pd.concat([rows for _, rows in test.groupby("farm")])
print("accuracy", accuracy_score(test.ill, by_farm.said), "F1", f1_score(test.ill, by_farm.said))
