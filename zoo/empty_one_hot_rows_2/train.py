import keras
import numpy as np
import pandas as pd
from keras import layers
from sklearn.metrics import recall_score

rng = np.random.default_rng(92)
kinds = np.array(["rent", "food", "travel", "health", "fun"])
pick = rng.integers(0, 5, 2500)
means = rng.normal(0, 1.5, (5, 6))
df = pd.DataFrame(means[pick] + rng.normal(size=(2500, 6)))
df["kind"] = kinds[pick]
known = ["rent", "food", "travel", "Health", "Fun"]
onehot = np.stack([(df["kind"] == k).to_numpy("float32") for k in known], axis=1)
X = df.iloc[:, :6].to_numpy()
clf = keras.Sequential([keras.Input((6,)), layers.Dense(32, activation="relu"), layers.Dense(5, activation="softmax")])
clf.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
clf.fit(X[:2000], onehot[:2000], epochs=15, batch_size=32, verbose=2, validation_data=(X[2000:], onehot[2000:]))
guess = clf.predict(X[2000:], verbose=0).argmax(1)
print("recall", recall_score(pick[2000:], guess, average=None).round(2))
