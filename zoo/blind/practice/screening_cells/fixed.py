import numpy as np
import keras
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def build(n_in):
    i = keras.layers.Input(shape=(n_in,))
    t = keras.layers.Dense(20, activation="relu")(i)
    t = keras.layers.Dropout(0.2)(t)
    t = keras.layers.Dense(8, activation="relu")(t)
    o = keras.layers.Dense(1, activation="sigmoid")(t)
    m = keras.Model(i, o)
    m.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return m


if __name__ == "__main__":
    keras.utils.set_random_seed(4)
    x, y = load_breast_cancer(return_X_y=True)
    x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.3, random_state=9, stratify=y)

    sc = StandardScaler()
    x_train = sc.fit_transform(x_train)
    x_test = sc.transform(x_test)

    clf = build(x.shape[1])
    clf.fit(x_train, y_train, epochs=40, batch_size=16, validation_split=0.15, verbose=2)

    y_hat = (clf.predict(x_test, verbose=0) > 0.5).astype(int).ravel()
    print(confusion_matrix(y_test, y_hat))
    print("accuracy on the test patients:", accuracy_score(y_test, y_hat))
