import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split


class MacroF1(keras.callbacks.Callback):
    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x, y
        self.best = 0.0

    def on_epoch_end(self, epoch, logs=None):
        prob = self.model.predict(self.x, verbose=0)
        pred = prob.argmax(axis=1)
        true = self.y.argmax(axis=1)
        score = f1_score(true, pred, average="macro", zero_division=0)
        self.best = max(self.best, score)
        print(f" - epoch {epoch + 1} val_f1: {score:.4f} (best {self.best:.4f})")


def main():
    keras.utils.set_random_seed(52)
    X, y = load_digits(return_X_y=True)
    X = X.reshape(-1, 8, 8, 1) / 16.0
    Y = keras.utils.to_categorical(y, 10)
    xt, xv, yt, yv = train_test_split(X, Y, test_size=0.3, random_state=52, stratify=y)
    model = keras.Sequential([
        layers.Input((8, 8, 1)),
        layers.Conv2D(16, 3, activation="relu"),
        layers.Conv2D(32, 3, activation="relu"),
        layers.Flatten(),
        layers.Dropout(0.3),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "categorical_crossentropy")
    model.fit(xt, yt, validation_data=(xv, yv), epochs=12, batch_size=32, callbacks=[MacroF1(xv, yv)], verbose=2)


if __name__ == "__main__":
    main()
