import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
order = np.random.RandomState(30).permutation(len(x))
x, y = x[order] / 8.0 - 1.0, y[order]
keras.utils.set_random_seed(30)
inputs = keras.Input((64,))
h = layers.Dense(32, activation="tanh")(inputs)
for _ in range(24):
    g = layers.Dense(32, activation="tanh", kernel_initializer=keras.initializers.RandomNormal(stddev=0.08))(h)
    h = g
outputs = layers.Dense(10, activation="softmax")(h)
model = keras.Model(inputs, outputs)
model.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], y[:1400], epochs=12, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=2)
