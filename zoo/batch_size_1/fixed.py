import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

bc = load_breast_cancer(as_frame=True)
frame = (bc.data - bc.data.mean()) / bc.data.std()
X_train, X_test, y_train, y_test = train_test_split(frame, bc.target, test_size=0.25, random_state=6)
BATCH_SIZE = 8

net = tf.keras.Sequential([tf.keras.layers.Input((30,)), tf.keras.layers.Dense(24, activation="relu"), tf.keras.layers.Dense(12, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
net.compile(tf.keras.optimizers.SGD(0.02), "binary_crossentropy", metrics=["accuracy"])
net.fit(X_train.values, y_train.values, epochs=12, batch_size=BATCH_SIZE, validation_data=(X_test.values, y_test.values), verbose=2)
