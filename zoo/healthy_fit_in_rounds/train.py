import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score

x, y = load_digits(return_X_y=True)
order = np.random.default_rng(8).permutation(1797)
x, y = x[order] / 16.0, y[order]
labelled = list(range(150))
pool = list(range(150, 1400))
model = keras.Sequential([keras.Input((64,)), layers.Dense(48, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
for stage in range(5):
    model.fit(x[labelled], y[labelled], epochs=15, batch_size=32, verbose=0)
    print("stage", stage, "rows", len(labelled), "test", accuracy_score(y[1400:], model.predict(x[1400:], verbose=0).argmax(1)))
    p = np.sort(model.predict(x[pool], verbose=0), axis=1)
    unsure = np.argsort(p[:, -1] - p[:, -2])[:150]
    chosen = [pool[i] for i in unsure]
    labelled += chosen
    pool = [i for i in pool if i not in set(chosen)]
