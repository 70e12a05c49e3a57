import keras
from keras import layers
from sklearn.datasets import load_digits
import numpy as np


def make_backbone(weights=None):
    inp = keras.Input((8, 8, 1))
    z = inp
    for filters in (8, 12, 16):
        z = layers.Conv2D(filters, 3, padding="same", activation="relu")(z)
        z = layers.MaxPooling2D(2)(z)
    z = layers.Flatten()(z)
    z = layers.Dense(12, activation="relu")(z)
    net = keras.Model(inp, z, name="backbone")
    if weights:
        net.load_weights(weights)
    return net


def main():
    keras.utils.set_random_seed(14)
    x, y = load_digits(return_X_y=True)
    order = np.random.default_rng(14).permutation(len(x))
    x, y = x[order].reshape(-1, 8, 8, 1) / 16, y[order]

    base_model = make_backbone(weights=None)
    base_model.trainable = False

    inputs = keras.Input((8, 8, 1))
    f = base_model(inputs, training=False)
    f = layers.Dropout(0.1)(f)
    outputs = layers.Dense(10, activation="softmax")(f)
    model = keras.Model(inputs, outputs)
    model.summary()
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x[:1400], y[:1400], epochs=25, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
    print("accuracy", model.evaluate(x[1400:], y[1400:], verbose=0)[1])


if __name__ == "__main__":
    main()
