import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import load_digits


def hit_rate(y_true, y_pred):
    return ops.mean(ops.cast(ops.equal(ops.cast(y_true[:, 0], "int32"), ops.argmax(y_pred, axis=-1)), "float32"))


x, y = load_digits(return_X_y=True)
mix = np.random.default_rng(13).permutation(1797)
x, y = x[mix] / 16, y[mix].reshape(-1, 1)
model = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=[hit_rate])
model.fit(x[:1400], y[:1400], epochs=12, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
