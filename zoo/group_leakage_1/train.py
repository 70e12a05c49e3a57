import keras
import numpy as np
import pandas as pd
from keras import layers
from sklearn.model_selection import GroupShuffleSplit, train_test_split

rng = np.random.default_rng(36)
PATIENTS, VISITS = 60, 30
ill = rng.integers(0, 2, PATIENTS)
body = rng.normal(0, 2, (PATIENTS, 10))
rows = []
for p in range(PATIENTS):
    readings = body[p] + rng.normal(0, 0.3, (VISITS, 10))
    readings[:, 0] += 1.5 * ill[p]
    for r in readings:
        rows.append([p, *r, ill[p]])
data = pd.DataFrame(rows, columns=["patient", *[f"m{i}" for i in range(10)], "ill"])
later = data[data.patient >= 45]
data = data[data.patient < 45]

train, valid = train_test_split(data, test_size=0.25, random_state=1)
cols = [f"m{i}" for i in range(10)]
mu, sd = train[cols].mean(), train[cols].std()

model = keras.Sequential([keras.Input((10,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit((train[cols] - mu) / sd, train.ill, epochs=20, batch_size=32, validation_data=((valid[cols] - mu) / sd, valid.ill), verbose=2)
print("patients admitted later", model.evaluate((later[cols] - mu) / sd, later.ill, verbose=0))
