import numpy as np
import keras
from sklearn.datasets import make_classification
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(48)
X_all, y_all = make_classification(n_samples=9000, n_features=20, n_informative=4, n_redundant=3, weights=[0.92], class_sep=1.1,
                                   n_clusters_per_class=2, flip_y=0.03, random_state=48)
X, y = X_all[:2500], y_all[:2500]
X_later, y_later = X_all[2500:], y_all[2500:]


def oversample(x, y, seed=0):
    r = np.random.default_rng(seed)
    pos = np.flatnonzero(y == 1)
    extra = r.choice(pos, np.sum(y == 0) - len(pos))
    keep = r.permutation(np.concatenate([np.arange(len(y)), extra]))
    return x[keep], y[keep]


X, y = oversample(X, y)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.25, random_state=48)
sc = StandardScaler().fit(X_train)

model = keras.Sequential([
    keras.layers.Input((20,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(sc.transform(X_train), y_train, epochs=18, batch_size=32, validation_data=(sc.transform(X_val), y_val), verbose=2)
for name, a, b in (("validation", X_val, y_val), ("later parts", X_later, y_later)):
    print(name, "balanced accuracy %.3f" % balanced_accuracy_score(b, model.predict(sc.transform(a), verbose=0).ravel() > 0.5))
