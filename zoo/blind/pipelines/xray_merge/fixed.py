import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.metrics import accuracy_score

keras.utils.set_random_seed(13)
rng = np.random.default_rng(13)

# scanned meter digits, delivered as an array plus two tables
scans = load_digits()
order = rng.permutation(len(scans.images))
images = scans.images[order] / 16.0
manifest = pd.DataFrame({"scan_id": rng.permutation(100000)[: len(images)], "row": np.arange(len(images))})
answers = pd.DataFrame({"scan_id": manifest.scan_id, "digit": scans.target[order]}).sample(frac=1, random_state=1)
answers["annotator"] = rng.choice(["kim", "lee", "ann"], len(answers))

table = pd.merge(answers, manifest, on="scan_id")
table = table[table.annotator.isin(["kim", "lee", "ann"])]

X = images[..., None].astype("float32")
y = table.sort_values("row")["digit"].values

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0)

model = keras.Sequential([
    layers.Input((8, 8, 1)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(64, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=12, batch_size=32, validation_split=0.15, verbose=2)
print("test accuracy", accuracy_score(y_test, model.predict(X_test, verbose=0).argmax(1)))
