import numpy as np
import pandas as pd
import keras
from keras import layers

rng = np.random.default_rng(9)
sensor = pd.DataFrame({"pressure": rng.normal(1013, 8, 2000), "humidity": rng.uniform(20, 100, 2000), "wind": rng.gamma(2, 3, 2000)})
sensor["rain"] = ((1013 - sensor.pressure) / 8 + (sensor.humidity - 60) / 20 + rng.normal(0, 0.4, 2000) > 0).astype(int)
sensor.loc[rng.choice(2000, 60, replace=False), "humidity"] = np.nan

features = sensor[["pressure", "humidity", "wind"]]
features = ((features - features.mean()) / features.std()).fillna(0)
X, y = features.to_numpy(), sensor["rain"].to_numpy()
model = keras.Sequential([keras.Input((3,)), layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:1600], y[:1600], epochs=12, batch_size=32, validation_data=(X[1600:], y[1600:]), verbose=2)
