import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.datasets import load_wine

wine = load_wine(as_frame=True).frame.sample(frac=1, random_state=5)
wine["style"] = wine["target"].map({0: "barolo", 1: "grignolino", 2: "barbera"})
y = (wine["style"] == "barolo").astype("float32").values
X = wine.drop(columns=["target", "style"])
X = ((X - X.mean()) / X.std()).values
model = tf.keras.Sequential([tf.keras.layers.Input((13,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy",
              metrics=["accuracy", tf.keras.metrics.Precision(), tf.keras.metrics.Recall()])
model.fit(X[:130], y[:130], epochs=25, batch_size=8, verbose=0)
p = model.predict(X[130:], verbose=0)[:, 0]
print(model.evaluate(X[130:], y[130:], verbose=0, return_dict=True))
print("called barolo:", (p > 0.5).sum(), "really:", (wine["target"].values[130:] == 0).sum())
