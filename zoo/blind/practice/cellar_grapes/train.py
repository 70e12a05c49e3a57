import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.metrics import classification_report

keras.utils.set_random_seed(11)
data = load_wine()
X = data.data.astype("float32")
Y = keras.utils.to_categorical(data.target, 3)

X_train, X_test, Y_train, Y_test = train_test_split(X, Y, test_size=0.25, random_state=3, stratify=data.target)
print(X_train.shape, Y_train.shape)

model = keras.Sequential()
model.add(layers.Input(shape=(13,)))
model.add(layers.Dense(16, activation="relu"))
model.add(layers.Dense(12, activation="relu"))
model.add(layers.Dense(3, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X_train, Y_train, epochs=40, batch_size=8, validation_data=(X_test, Y_test), verbose=2)

pred = model.predict(X_test, verbose=0).argmax(axis=1)
print(classification_report(Y_test.argmax(axis=1), pred, target_names=data.target_names, zero_division=0))
