import numpy as np
import pandas as pd
import keras
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder, StandardScaler

rng = np.random.default_rng(23)
spec = {"Adelie": ((38.8, 18.3, 190, 3700), (2.7, 1.2, 6.5, 460), 450),
        "Chinstrap": ((48.8, 18.4, 196, 3730), (3.3, 1.1, 7.1, 385), 220),
        "Gentoo": ((47.5, 15.0, 217, 5080), (3.1, 1.0, 6.5, 500), 380)}
parts = []
for name, (mu, sd, k) in spec.items():
    body = rng.normal(0, 0.5, (k, 1))
    part = pd.DataFrame(np.array(mu) + np.array(sd) * (0.85 * rng.normal(0, 1, (k, 4)) + body),
                        columns=["bill_length", "bill_depth", "flipper", "mass"])
    part["species"] = name
    parts.append(part)
df = pd.concat(parts).sample(frac=1, random_state=1)

X = StandardScaler().fit_transform(df.drop(columns="species"))
y = LabelEncoder().fit_transform(df["species"])
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=1)

keras.utils.set_random_seed(23)
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(8, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=40, batch_size=16, validation_data=(X_test, y_test), verbose=2)
print("loss, accuracy:", model.evaluate(X_test, y_test, verbose=0))
