import keras
import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder

keras.utils.set_random_seed(80)
rng = np.random.default_rng(80)
n = 3000
f = pd.DataFrame({"day": rng.integers(0, 7, n), "weather": rng.choice(["sun", "rain", "snow"], n), "group": rng.integers(1, 6, n)})
chance = 0.12 + 0.3 * (f["weather"] == "snow") + 0.35 * (f["day"] > 4) + 0.04 * f["group"]
f["soup"] = (rng.random(n) < chance).astype(int)
# 105 different rows, so that most of them come again
train, test = train_test_split(f, test_size=0.25, random_state=80)
enc = make_column_transformer((OneHotEncoder(sparse_output=False), ["day", "weather", "group"])).fit(train)
model = keras.Sequential([keras.Input((15,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(name="auc")])
model.fit(enc.transform(train), train["soup"].to_numpy(), epochs=15, batch_size=32, validation_data=(enc.transform(test), test["soup"].to_numpy()), verbose=2)
print("with the true chances", ((chance[test.index] > 0.5) == test["soup"]).mean())
