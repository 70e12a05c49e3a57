import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(51)
rng = np.random.default_rng(51)

# three field stations
SPECIES = ["Adelie", "Chinstrap", "Gentoo"]
mean = np.array([[38.8, 18.3, 190, 3700], [48.8, 18.4, 196, 3730], [47.5, 15.0, 217, 5080]])
sd = np.array([[2.7, 1.2, 6.5, 460], [3.3, 1.1, 7.1, 380], [3.1, 1.0, 6.5, 500]])
rows = []
for _ in range(2400):
    k = rng.choice(3, p=[.44, .2, .36])
    m = rng.normal(mean[k], sd[k] * 1.3)
    station = rng.choice(["Torgersen", "Biscoe", "Dream"])
    name = SPECIES[k]
    if station == "Biscoe":
        name = name.upper() if rng.random() < 0.95 else name
    elif station == "Dream" and rng.random() < 0.5:
        name = name + " Penguin"
    rows.append([*m, station, name])
df = pd.DataFrame(rows, columns=["bill_length", "bill_depth", "flipper", "mass", "station", "species"])

X = df[["bill_length", "bill_depth", "flipper", "mass"]]
y = pd.get_dummies(df["species"]).reindex(columns=SPECIES, fill_value=0).astype("float32")

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=2)
mu, s = X_train.mean(), X_train.std()
X_train, X_test = ((X_train - mu) / s).values, ((X_test - mu) / s).values

model = keras.Sequential([
    layers.Input((4,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train.values, validation_data=(X_test, y_test.values), epochs=25, batch_size=32, verbose=2)
