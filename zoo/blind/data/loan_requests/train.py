import keras
import numpy as np
from sklearn.datasets import make_moons

keras.utils.set_random_seed(134)
x, y = make_moons(2000, noise=0.18, random_state=134)
x = x.astype("float32")
y = y.astype("float32")[:, None]

inputs = keras.Input((2,))
h = keras.layers.Dense(32, activation="relu")(inputs)
h = keras.layers.Dense(32, activation="relu")(h)
score = keras.layers.Dense(1)(h)
model = keras.Model(inputs, score)
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0, name="accuracy")],
)
model.fit(x[:1500], y[:1500], epochs=30, batch_size=32, validation_data=(x[1500:], y[1500:]), verbose=2)
