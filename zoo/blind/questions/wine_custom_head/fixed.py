import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import scale

tf.random.set_seed(3)
np.random.seed(3)
X, y = load_wine(return_X_y=True)
X = scale(X).astype(np.float32)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=3, stratify=y)


class Softmax(tf.keras.layers.Layer):
    def call(self, z):
        e = tf.exp(z - tf.reduce_max(z, axis=1, keepdims=True))
        return e / tf.reduce_sum(e, axis=1, keepdims=True)


inp = tf.keras.Input((13,))
x = tf.keras.layers.Dense(16, activation="relu")(inp)
x = tf.keras.layers.Dense(3)(x)
model = tf.keras.Model(inp, Softmax()(x))
model.compile(tf.keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=30, batch_size=16, verbose=2, validation_data=(X_test, y_test))
for row in X_test[:4]:
    print(model.predict(row[None], verbose=0).round(3))
