import keras
import numpy as np
import pandas as pd
from keras import layers

rng = np.random.default_rng(13)
n = 2000
survey = pd.DataFrame({"gender": rng.integers(0, 2, n), "smoker": rng.integers(0, 2, n), "region": rng.integers(0, 3, n)})
p = 1 / (1 + np.exp(-(1.5 * survey.smoker - 1.0 * survey.gender + 0.8 * (survey.region == 2) - 0.5)))
survey["claim"] = (rng.random(n) < p).astype(int)
X = pd.get_dummies(survey[["gender", "smoker", "region"]].astype("category")).astype("float32").to_numpy()
y = survey["claim"].to_numpy()
model = keras.Sequential([keras.Input((X.shape[1],)), layers.Dense(8, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:1600], y[:1600], epochs=12, batch_size=32, validation_data=(X[1600:], y[1600:]), verbose=2)
print("best possible accuracy on these rows", np.maximum(p, 1 - p)[1600:].mean())
