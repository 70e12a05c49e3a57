import numpy as np
import tensorflow as tf

rng = np.random.default_rng(35)
X = rng.normal(0, 20, (2000, 10)).astype("float32")
W = rng.normal(size=(10, 4))
y = (X @ W).argmax(1)
X_train, y_train, X_test, y_test = X[:1600], y[:1600], X[1600:], y[1600:]


def my_softmax(z):
    e = tf.exp(z - tf.reduce_max(z, axis=-1, keepdims=True))
    return e / tf.reduce_sum(e, axis=-1, keepdims=True)


model = tf.keras.Sequential([
    tf.keras.layers.Input((10,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(4),
    tf.keras.layers.Lambda(my_softmax),
])
model.compile(tf.keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=10, batch_size=32, validation_data=(X_test, y_test), verbose=2)
