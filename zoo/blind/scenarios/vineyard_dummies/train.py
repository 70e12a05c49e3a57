import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.metrics import classification_report

tf.keras.utils.set_random_seed(47)
rng = np.random.default_rng(47)
grapes = {"barbera": (12.8, 3.1, 0.55, 9.0), "dolcetto": (12.2, 2.5, 0.40, 7.0), "merlot": (13.3, 2.8, 0.35, 10.5), "nebbiolo": (13.6, 3.4, 0.45, 5.5)}
table = []
for name, (alc, acid, hue, colour) in grapes.items():
    k = 700
    table.append(pd.DataFrame({"alcohol": rng.normal(alc, 0.55, k), "acid": rng.normal(acid, 0.3, k), "hue": rng.normal(hue, 0.08, k),
                               "colour": rng.normal(colour, 1.5, k), "phenols": rng.normal(2, 0.5, k), "grape": name}))
wines = pd.concat(table).sample(frac=1.0, random_state=1).reset_index(drop=True)
wines["cellar"] = rng.choice(["north", "south", "coop"], len(wines))

encoded = pd.get_dummies(wines, columns=["cellar", "grape"], drop_first=True, dtype="float32")
targets = [c for c in encoded.columns if c.startswith("grape_")]
X = encoded.drop(columns=targets)
X = (X - X[:2100].mean()) / X[:2100].std()
Y = encoded[targets]

model = tf.keras.Sequential([
    tf.keras.layers.Input((X.shape[1],)),
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(len(targets), activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(5e-3), loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:2100], Y[:2100], validation_data=(X[2100:], Y[2100:]), epochs=20, batch_size=32, verbose=2)

guess = np.array(targets)[model.predict(X[2100:], verbose=0).argmax(1)]
print(classification_report("grape_" + wines["grape"][2100:], guess, zero_division=0))
