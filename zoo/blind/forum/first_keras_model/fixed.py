import keras
import numpy as np
from sklearn.datasets import load_digits
from sklearn.metrics import classification_report

keras.utils.set_random_seed(8)
X, y = load_digits(return_X_y=True)
idx = np.random.RandomState(8).permutation(len(X))
X, y = X[idx] / 16, y[idx]

clf = keras.Sequential()
clf.add(keras.layers.Input((64,)))
clf.add(keras.layers.Dense(64, activation='relu'))
clf.add(keras.layers.Dense(32, activation='relu'))
clf.add(keras.layers.Dense(10, activation='softmax'))
clf.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])

clf.fit(X[:1300], y[:1300], epochs=25)

y_hat = clf.predict(X[1300:], verbose=0).argmax(axis=1)
print(classification_report(y[1300:], y_hat, zero_division=0))
print('accuracy', (y_hat == y[1300:]).mean())
