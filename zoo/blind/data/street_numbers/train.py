import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(32)
x, y = load_digits(return_X_y=True)
x = (x / 16).astype("float32")
target = y.astype("float32")[:, None]

model = tf.keras.Sequential([
    tf.keras.Input((64,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(2e-3), loss="mse")
model.fit(x[:1400], target[:1400], epochs=25, batch_size=32, validation_data=(x[1400:], target[1400:]), verbose=2)
guess = model.predict(x[1400:], verbose=0).argmax(axis=1)
print("share of right digits", (guess == y[1400:]).mean())
