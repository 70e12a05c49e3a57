import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

X, y = load_iris(return_X_y=True)
order = np.random.RandomState(0).permutation(150)
X, y = X[order], tf.keras.utils.to_categorical(y[order])
model = tf.keras.Sequential([
    tf.keras.layers.Input((4,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:120], y[:120], epochs=40, batch_size=8, validation_data=(X[120:], y[120:]), verbose=0)
print(model.evaluate(X[120:], y[120:], verbose=0))
