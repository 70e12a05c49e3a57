import keras
import numpy as np
from sklearn.datasets import load_wine
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler


class Classifier:
    def __init__(self, classes, epochs):
        self.classes = classes
        self.epochs = epochs

    def network(self, width):
        model = keras.Sequential([keras.Input((width,)), keras.layers.Dense(20, activation="relu"), keras.layers.Dense(self.classes, activation="softmax")])
        model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    def fit(self, x, y):
        self.scaler = StandardScaler().fit(x)
        self.model = self.network(x.shape[1])
        self.history = self.model.fit(self.scaler.transform(x), y, epochs=self.epochs, batch_size=16, verbose=0).history
        return self

    def score(self, x, y):
        return self.model.evaluate(self.scaler.transform(x), y, verbose=0)[1]


keras.utils.set_random_seed(46)
x, y = load_wine(return_X_y=True)
results = []
for a, b in StratifiedKFold(5, shuffle=True, random_state=1).split(x, y):
    c = Classifier(3, epochs=20).fit(x[a], y[a])
    results.append(c.score(x[b], y[b]))
    print("train", round(c.history["accuracy"][-1], 3), "held out", round(results[-1], 3))
print("mean", np.mean(results))
