import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(1)

digits = load_digits()
X = digits.data.astype("float32") / 16.0
y = keras.utils.to_categorical(digits.target, 10)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=1, stratify=digits.target)


def build():
    m = keras.Sequential()
    m.add(keras.Input((64,)))
    for units in (256, 256, 128, 128, 64):
        m.add(layers.Dense(units, activation="relu"))
    m.add(layers.Dense(10, activation="softmax"))
    return m


model = build()
model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(learning_rate=0.0005), metrics=["accuracy"])
model.fit(X_train, y_train, epochs=20, batch_size=32, validation_data=(X_test, y_test), verbose=2)
print(model.evaluate(X_test, y_test, verbose=0))
print(np.unique(model.predict(X_test, verbose=0).argmax(1), return_counts=True))
