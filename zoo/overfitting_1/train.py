import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(23)
X = rng.normal(size=(700, 20)).astype("float32")
y = (X[:, 0] + 0.8 * X[:, 1] - 0.6 * X[:, 2] + rng.logistic(0, 0.7, 700) > 0).astype("float32")
model = tf.keras.Sequential([
    layers.Input((20,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
callbacks = []
model.fit(X[:400], y[:400], epochs=80, batch_size=16, validation_data=(X[400:], y[400:]), callbacks=callbacks, verbose=2)
print("final", model.evaluate(X[400:], y[400:], verbose=0))
