import numpy as np
import keras
from sklearn.datasets import load_iris
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

X, y = load_iris(return_X_y=True)
scores = []
for fold, (a, b) in enumerate(StratifiedKFold(4, shuffle=True, random_state=1).split(X, y)):
    keras.utils.set_random_seed(fold)
    s = StandardScaler().fit(X[a])
    m = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(3, activation="softmax")])
    m.compile(keras.optimizers.Adam(0.03), "sparse_categorical_crossentropy", metrics=["accuracy"])
    m.fit(s.transform(X[a]), y[a], epochs=40, batch_size=16, verbose=0)
    scores.append(m.evaluate(s.transform(X[b]), y[b], verbose=0)[1])
    print("fold", fold, "accuracy", round(scores[-1], 3))
print("mean %.3f +- %.3f" % (np.mean(scores), np.std(scores)))
