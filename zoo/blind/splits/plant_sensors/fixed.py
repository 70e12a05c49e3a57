import numpy as np
import pandas as pd
import keras
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)

tables = []
for plant, (shift, gain, n) in {"Ulm": (0, 1, 1100), "Gera": (.3, 1.1, 1000), "Brno": (-.3, .9, 900),
                                "Lodz": (8, 2.5, 800)}.items():
    z = rng.normal(size=(n, 6))
    quality = (z[:, 0] + z[:, 1] * z[:, 2] - 0.8 * z[:, 3] + rng.normal(0, .4, n) > 0).astype(int)
    offs = shift * np.array([1, -.6, .8, -1, .5, .2])
    t = pd.DataFrame(z * gain + offs, columns=["flow", "ph", "temp", "visc", "colour", "density"])
    t["plant"], t["quality"] = plant, quality
    tables.append(t)
data = pd.concat(tables, ignore_index=True)

X = pd.get_dummies(data.drop(columns="quality"), columns=["plant"]).astype("float32").values
y = data["quality"].values
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)
norm = keras.layers.Normalization()
norm.adapt(X_train)

model = keras.Sequential([
    keras.Input((X.shape[1],)),
    norm,
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X_train, y_train, batch_size=32, epochs=35, verbose=2, validation_data=(X_test, y_test))
