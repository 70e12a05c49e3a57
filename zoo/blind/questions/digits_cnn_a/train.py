import keras
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(13)
X, y = load_digits(return_X_y=True)
X = X.reshape(-1, 8, 8, 1) / 16.0
X_train, X_test, y_train, y_test = train_test_split(X, y, train_size=0.02, random_state=42)
cnn = keras.Sequential([
    keras.layers.Input((8, 8, 1)),
    keras.layers.Conv2D(32, (3, 3), activation="relu"),
    keras.layers.MaxPooling2D((2, 2)),
    keras.layers.Dropout(0.25),
    keras.layers.Flatten(),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
cnn.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(0.002), metrics=["accuracy"])
cnn.fit(X_train, y_train, batch_size=8, epochs=30, verbose=2, validation_data=(X_test, y_test))
print("Test accuracy: %.3f" % cnn.evaluate(X_test, y_test, verbose=0)[1])
