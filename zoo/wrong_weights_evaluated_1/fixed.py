import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_wine
from sklearn.metrics import accuracy_score
from sklearn.preprocessing import StandardScaler


def make_model():
    model = keras.Sequential([keras.Input((13,)), layers.Dense(24, activation="relu"), layers.Dense(3, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


X, y = load_wine(return_X_y=True)
perm = np.random.RandomState(9).permutation(178)
X, y = StandardScaler().fit_transform(X)[perm], y[perm]
classifier = make_model()
classifier.fit(X[:120], y[:120], epochs=40, batch_size=16, verbose=0)
print("train accuracy", classifier.evaluate(X[:120], y[:120], verbose=0)[1])

serving = keras.models.clone_model(classifier)
serving.set_weights(classifier.get_weights())
serving.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
print("test", serving.evaluate(X[120:], y[120:], verbose=0))
print("sklearn", accuracy_score(y[120:], serving.predict(X[120:], verbose=0).argmax(1)))
