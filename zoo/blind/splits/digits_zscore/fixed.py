import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


class Classifier(tf.keras.Model):
    def __init__(self, units=(64, 32), classes=10):
        super().__init__()
        self.hidden = [tf.keras.layers.Dense(u, activation="relu") for u in units]
        self.drop = tf.keras.layers.Dropout(0.2)
        self.out = tf.keras.layers.Dense(classes)

    def call(self, x, training=False):
        for layer in self.hidden:
            x = layer(x)
        x = self.drop(x, training=training)
        return self.out(x)


def zscore(train, other):
    m = train.mean(axis=0)
    s = train.std(axis=0)
    s[s == 0] = 1.0
    return (train - m) / s, (other - m) / s


def main():
    tf.keras.utils.set_random_seed(1)
    X, y = load_digits(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=1)
    X_train, X_test = zscore(X_train, X_test)
    clf = Classifier()
    clf.compile(optimizer=tf.keras.optimizers.Adam(0.002),
                loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    clf.fit(X_train, y_train, epochs=15, batch_size=32, validation_data=(X_test, y_test), verbose=2)
    print("test", clf.evaluate(X_test, y_test, verbose=0, return_dict=True))


main()
