import numpy as np
import keras
from sklearn.datasets import load_iris
from sklearn.metrics import classification_report
from sklearn.model_selection import train_test_split


def make_net():
    net = keras.Sequential([
        keras.layers.Input((4,)),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(3, activation="softmax"),
    ])
    net.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return net


def train(x, y):
    net = make_net()
    net.fit(x, y, epochs=40, batch_size=16, validation_split=0.2, verbose=2)
    return net


def evaluate(net, x, y):
    hat = net.predict(x, verbose=0).argmax(axis=1)
    print(classification_report(y, hat, zero_division=0))


def main():
    keras.utils.set_random_seed(2)
    x, y = load_iris(return_X_y=True)
    x = (x - x.mean(0)) / x.std(0)
    a, b, ya, yb = train_test_split(x, y, test_size=0.33, random_state=2, stratify=y)
    model = train(a, ya)
    evaluate(model, b, yb)


if __name__ == "__main__":
    main()
