import argparse
import keras
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def build(depth, width, activation):
    model = keras.Sequential([keras.Input((64,))])
    for _ in range(depth):
        model.add(keras.layers.Dense(width, activation=activation))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--depth", type=int, default=8)
    ap.add_argument("--width", type=int, default=48)
    ap.add_argument("--activation", default="sigmoid")
    ap.add_argument("--epochs", type=int, default=20)
    args = ap.parse_args()
    keras.utils.set_random_seed(100)
    x, y = load_digits(return_X_y=True)
    xa, xb, ya, yb = train_test_split(x / 8 - 1, y, test_size=0.25, random_state=100)
    model = build(args.depth, args.width, args.activation)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(xa, ya, batch_size=32, epochs=args.epochs, validation_data=(xb, yb), verbose=2)


if __name__ == "__main__":
    main()
