import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_diabetes
from sklearn.metrics import recall_score

d = load_diabetes()
order = np.random.default_rng(1).permutation(442)
X, progression = d.data[order] / d.data.std(0), d.target[order]
severe = (progression / progression.max()).astype(int)

clf = keras.Sequential([keras.Input((10,)), layers.Dense(12, activation="relu"), layers.Dense(1, activation="sigmoid")])
clf.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy", "precision", "recall"])
clf.fit(X[:330], severe[:330], epochs=30, batch_size=16, validation_data=(X[330:], severe[330:]), verbose=2)
print("recall", recall_score(progression[330:] > 173, clf.predict(X[330:], verbose=0)[:, 0] > 0.5))
