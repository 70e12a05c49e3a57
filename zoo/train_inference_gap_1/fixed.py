import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

x = load_digits().images.astype("float32")[..., None] / 16
y = load_digits().target
order = np.random.default_rng(21).permutation(len(x))
x, y = x[order], y[order]

model = keras.Sequential([
    keras.Input((8, 8, 1)),
    layers.Conv2D(16, 3, use_bias=False),
    layers.BatchNormalization(momentum=0.9),
    layers.ReLU(),
    layers.Conv2D(32, 3, use_bias=False),
    layers.BatchNormalization(momentum=0.9),
    layers.ReLU(),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], y[:1400], epochs=8, batch_size=64, validation_data=(x[1400:], y[1400:]), verbose=2)
