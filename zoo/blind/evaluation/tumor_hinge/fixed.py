import numpy as np
import keras
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import scale

keras.utils.set_random_seed(99)
bunch = load_breast_cancer()
X = scale(bunch.data).astype("float32")
y = np.where(bunch.target == 1, 1.0, -1.0).astype("float32")[:, None]
Xtr, Xte, ytr, yte = train_test_split(X, y, test_size=0.3, stratify=y, random_state=99)


def sign_accuracy(y_true, y_pred):
    return keras.ops.mean(keras.ops.cast(keras.ops.sign(y_true) == keras.ops.sign(y_pred), "float32"))


def svm_like(width=20):
    i = keras.Input((30,))
    h = keras.layers.Dense(width, activation="relu")(i)
    o = keras.layers.Dense(1, activation="tanh")(h)
    model = keras.Model(i, o)
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="hinge", metrics=[sign_accuracy])
    return model


clf = svm_like()
log = clf.fit(Xtr, ytr, epochs=25, batch_size=16, validation_data=(Xte, yte), verbose=0)
for k, v in log.history.items():
    print(f"{k:>14}: first {v[0]:.3f}  last {v[-1]:.3f}")
