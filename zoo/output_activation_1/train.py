import numpy as np
import tensorflow as tf
from sklearn.metrics import r2_score

rng = np.random.default_rng(15)
X = rng.uniform(-1, 1, (2400, 5))
y = 3 * X[:, 0] - 4 * X[:, 1] * X[:, 2] + 2 * X[:, 3] + rng.normal(0, 0.1, 2400)

inputs = tf.keras.Input(shape=(5,))
x = tf.keras.layers.Dense(32, activation="relu")(inputs)
x = tf.keras.layers.Dense(32, activation="relu")(x)
outputs = tf.keras.layers.Dense(1, activation="sigmoid")(x)
model = tf.keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(X[:2000], y[:2000], epochs=30, batch_size=32, validation_data=(X[2000:], y[2000:]), verbose=0)
print("R2", r2_score(y[2000:], model.predict(X[2000:], verbose=0)))
