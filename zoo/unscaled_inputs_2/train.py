import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_wine

wine = load_wine()
index = np.random.RandomState(8).permutation(178)
X, Y = wine.data[index], keras.utils.to_categorical(wine.target[index], 3)

inputs = keras.Input((13,))
x = layers.Dense(24, activation="sigmoid")(inputs)
x = layers.Dense(24, activation="sigmoid")(x)
outputs = layers.Dense(3, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:130], Y[:130], epochs=100, batch_size=16, verbose=0)
print("train", model.evaluate(X[:130], Y[:130], verbose=0))
print("test", model.evaluate(X[130:], Y[130:], verbose=0))
