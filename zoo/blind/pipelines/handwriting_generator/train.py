import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.metrics import classification_report

keras.utils.set_random_seed(84)
X, y = load_digits(return_X_y=True)
X = X.reshape(-1, 8, 8, 1).astype("float32") / 16.0
perm = np.random.permutation(len(X))
X, y = X[perm], y[perm]
Xtr, ytr, Xva, yva, Xte, yte = X[:1200], y[:1200], X[1200:1450], y[1200:1450], X[1450:], y[1450:]


def batches(x, t, size=32):
    while True:
        p = np.random.permutation(len(x))
        for k in range(0, len(x) - size + 1, size):
            xb = x[p[k:k + size]].copy()
            for j in range(len(xb)):
                xb[j] = np.roll(xb[j], np.random.randint(-1, 2), axis=1)
            xb += np.random.normal(0, 0.05, xb.shape).astype("float32")
            yield xb, t[p[k:k + size]]


model = keras.Sequential([
    layers.Input((8, 8, 1)),
    layers.Conv2D(24, 3, padding="same", use_bias=False), layers.BatchNormalization(), layers.ReLU(),
    layers.MaxPooling2D(),
    layers.Conv2D(48, 3, padding="same", use_bias=False), layers.BatchNormalization(), layers.ReLU(),
    layers.Flatten(), layers.Dropout(0.3),
    layers.Dense(10, activation="softmax"),
])
model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(batches(Xtr, ytr), steps_per_epoch=len(Xtr) // 32, epochs=15, validation_data=(Xva, yva), verbose=2)
print(classification_report(yte, model.predict(Xte, verbose=0).argmax(1), digits=3))
