import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris
from sklearn.preprocessing import StandardScaler

iris = load_iris()
p = np.random.default_rng(6).permutation(150)
X, y = StandardScaler().fit_transform(iris.data)[p], iris.target[p].astype("float32")
model = tf.keras.Sequential([
    tf.keras.layers.Input((4,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X[:110], y[:110], epochs=60, batch_size=8, validation_data=(X[110:], y[110:]), verbose=0)
print("train", model.evaluate(X[:110], y[:110], verbose=0))
print("test", model.evaluate(X[110:], y[110:], verbose=0))
