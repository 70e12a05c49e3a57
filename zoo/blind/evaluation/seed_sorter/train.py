import numpy as np
import keras
from sklearn.metrics import precision_score, recall_score
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.preprocessing import StandardScaler
from sklearn.datasets import load_breast_cancer


class Experiment:
    def __init__(self, seed=15):
        keras.utils.set_random_seed(seed)
        raw = load_breast_cancer()
        self.X, self.y = raw.data, (raw.target == 0).astype("int32")
        split = StratifiedShuffleSplit(1, test_size=0.3, random_state=seed)
        self.tr, self.te = next(split.split(self.X, self.y))
        self.scaler = StandardScaler()
        self.model = None

    def build(self):
        inp = keras.Input((self.X.shape[1],))
        h = keras.layers.Dense(24, activation="relu")(inp)
        h = keras.layers.Dropout(0.25)(h)
        out = keras.layers.Dense(1, activation="sigmoid")(h)
        self.model = keras.Model(inp, out)
        self.model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
        return self

    def train(self):
        x = self.scaler.fit_transform(self.X[self.tr])
        self.model.fit(x, self.y[self.tr], epochs=30, batch_size=32, validation_split=0.15, verbose=2)
        return self

    def report(self):
        x = self.X[self.te]
        hat = self.model.predict(x, verbose=0).ravel() > 0.5
        truth = self.y[self.te]
        print("precision", precision_score(truth, hat, zero_division=0), "recall", recall_score(truth, hat),
              "accuracy", (hat == truth).mean())


Experiment().build().train().report()
