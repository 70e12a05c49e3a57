import keras
import numpy as np
from keras import layers
from sklearn.preprocessing import LabelEncoder

rng = np.random.default_rng(83)
cities = np.array(["Oslo", "Bergen", "Narvik", "Tromso", "Bodo"])
where = rng.integers(0, 5, 3000)
place = rng.normal(0, 2, (5, 4))
X = place[where] + rng.normal(0, 0.8, (3000, 4))
names = cities[where]
X_train, names_train = X[:2400], names[:2400]
keep = names[2400:] != "Bergen"
X_test, names_test = X[2400:][keep], names[2400:][keep]

y_train = LabelEncoder().fit_transform(names_train)
y_test = LabelEncoder().fit_transform(names_test)
model = keras.Sequential([keras.Input((4,)), layers.Dense(32, activation="relu"), layers.Dense(5, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=12, batch_size=32, verbose=0)
print("train", model.evaluate(X_train, y_train, verbose=0))
print("test", model.evaluate(X_test, y_test, verbose=0))
