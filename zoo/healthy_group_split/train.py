import keras
import numpy as np
import pandas as pd
from keras import layers
from sklearn.model_selection import GroupShuffleSplit

rng = np.random.default_rng(43)
rows = []
for subject in range(120):
    offset = rng.normal(0, 0.5, 4)
    for _ in range(20):
        active = rng.integers(0, 2)
        rows.append([subject, *(offset + rng.normal(0, 0.6, 4) + active * np.array([1.6, -1.2, 0.8, 0.0])), active])
df = pd.DataFrame(rows, columns=["subject", "ax", "ay", "az", "temp", "active"])
tr, te = next(GroupShuffleSplit(1, test_size=0.25, random_state=3).split(df, groups=df["subject"]))
train, test = df.iloc[tr], df.iloc[te]
cols = ["ax", "ay", "az", "temp"]
model = keras.Sequential([keras.Input((4,)), layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(name="auc")])
model.fit(train[cols].to_numpy(), train["active"].to_numpy(), epochs=20, batch_size=32, verbose=2,
          validation_data=(test[cols].to_numpy(), test["active"].to_numpy()))
