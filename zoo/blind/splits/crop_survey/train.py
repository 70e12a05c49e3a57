import os
import tempfile

import numpy as np
import pandas as pd
import keras
from sklearn.preprocessing import LabelEncoder, MinMaxScaler

keras.utils.set_random_seed(33)
rng = np.random.default_rng(33)
here = tempfile.mkdtemp()

crops = ["alfalfa", "barley", "canola", "maize", "oats", "wheat"]
centres = rng.normal(0, 1.0, (6, 10))
spread = rng.uniform(0.5, 1.1, (6, 10))


def survey(n, share):
    k = rng.choice(6, n, p=share)
    bands = centres[k] + spread[k] * rng.normal(size=(n, 10))
    df = pd.DataFrame(bands * 300 + 1500, columns=[f"band_{i}" for i in range(10)]).round(0)
    df["crop"] = [crops[i] for i in k]
    return df


survey(3000, [.12, .18, .17, .2, .13, .2]).to_csv(os.path.join(here, "county_a.csv"), index=False)
survey(900, [0, .22, .2, .2, .16, .22]).to_csv(os.path.join(here, "county_b.csv"), index=False)


train_df = pd.read_csv(os.path.join(here, "county_a.csv"))
test_df = pd.read_csv(os.path.join(here, "county_b.csv"))

X_train = train_df.drop("crop", axis=1).values
X_test = test_df.drop("crop", axis=1).values
scaler = MinMaxScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)

le = LabelEncoder()
y_train = le.fit_transform(train_df["crop"])
y_test = le.fit_transform(test_df["crop"])

model = keras.models.Sequential()
model.add(keras.layers.Input((10,)))
model.add(keras.layers.Dense(64, activation="relu"))
model.add(keras.layers.Dense(64, activation="relu"))
model.add(keras.layers.Dense(6, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(2e-3), metrics=["accuracy"])
model.fit(X_train, y_train, epochs=25, batch_size=32, validation_split=0.15, verbose=2)

test_loss, test_acc = model.evaluate(X_test, y_test, verbose=0)
print("county b: loss", test_loss, "accuracy", test_acc)
