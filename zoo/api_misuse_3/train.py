import pandas as pd
import tensorflow as tf
from sklearn.datasets import load_iris

frame = load_iris(as_frame=True).frame.sample(frac=1, random_state=0)
frame["target"] = frame["target"].map({0: "setosa", 1: "versicolor", 2: "virginica"})
X = frame.drop(columns="target").to_numpy("float32")
y = frame["target"].to_numpy(dtype=object)
model = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(3, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:110], y[:110], epochs=60, batch_size=8, verbose=0)
print(model.evaluate(X[110:], y[110:], verbose=0))
