import numpy as np
import keras
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import confusion_matrix, balanced_accuracy_score

keras.utils.set_random_seed(13)
d = load_breast_cancer()
rng = np.random.default_rng(13)
order = rng.permutation(len(d.target))
x = d.data[order]
y = d.target[order]
n_train = 420
mean, std = x[:n_train].mean(0), x[:n_train].std(0)
x = (x - mean) / std
x_tr, y_tr, x_te, y_te = x[:n_train], y[:n_train], x[n_train:], y[n_train:]

counts = np.bincount(y_tr)
class_weight = {c: n_train // (2 * int(counts[c])) for c in (0, 1)}

m = keras.models.Sequential()
m.add(keras.layers.InputLayer(shape=(30,)))
m.add(keras.layers.Dense(12, activation="relu"))
m.add(keras.layers.Dense(1, activation="sigmoid"))
m.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
m.fit(x_tr, y_tr, class_weight=class_weight, epochs=25, batch_size=16, validation_data=(x_te, y_te), verbose=2)
pred = (m.predict(x_te, verbose=0)[:, 0] > 0.5).astype(int)
print(confusion_matrix(y_te, pred))
print("balanced accuracy", balanced_accuracy_score(y_te, pred))
