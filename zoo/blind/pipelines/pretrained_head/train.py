import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(70)

X, y = load_digits(return_X_y=True)
X = (X.reshape(-1, 8, 8, 1) / 16).astype("float32")
x_tr, x_te, y_tr, y_te = train_test_split(X, y, test_size=0.25, random_state=0)


def backbone():
    return keras.Sequential([
        layers.Input((8, 8, 1)),
        layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(24, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(32, 2, activation="relu"),
        layers.Flatten(),
        layers.Dense(24, activation="relu"),
    ], name="backbone")


# step 1: odd or even, all weights
base = backbone()
pretext = keras.Sequential([base, layers.Dense(1, activation="sigmoid")])
pretext.compile("adam", "binary_crossentropy", metrics=["accuracy"])
pretext.fit(x_tr, y_tr % 2, epochs=8, batch_size=32, verbose=0)
print("odd/even accuracy", pretext.evaluate(x_te, y_te % 2, verbose=0)[1])

# step 2: the ten digits
base.trainable = False
model = keras.Sequential([base, layers.Dense(10, activation="softmax")])
model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_tr, y_tr, validation_data=(x_te, y_te), epochs=5, batch_size=32, verbose=2)

base.trainable = True
model.fit(x_tr, y_tr, validation_data=(x_te, y_te), epochs=15, batch_size=32, verbose=2)
print("test accuracy", model.evaluate(x_te, y_te, verbose=0)[1])
