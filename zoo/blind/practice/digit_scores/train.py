import numpy as np
import keras
from keras.layers import Dense, Input
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(1)
X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16.0, y, test_size=0.2, random_state=1)

model = keras.Sequential()
model.add(Input((64,)))
model.add(Dense(64, activation="relu"))
model.add(Dense(32, activation="relu"))
model.add(Dense(10))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=25, batch_size=32, verbose=2, validation_data=(X_test, y_test))

print("predicted:", model.predict(X_test[:15], verbose=0).argmax(axis=1))
print("expected: ", y_test[:15])
