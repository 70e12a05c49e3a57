# focal loss copied from a blog
import keras
import numpy as np
from keras import ops
from sklearn.datasets import make_classification

keras.utils.set_random_seed(59)
X, y = make_classification(2500, 16, n_informative=8, weights=[0.75], class_sep=2.5, flip_y=0.0, random_state=59)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")


def focal(y_true, y_pred, alpha=0.5, gamma=2.0):
    y_true = ops.cast(y_true, y_pred.dtype)
    y_pred = ops.clip(y_pred, 1e-6, 1 - 1e-6)
    one = alpha * ops.power(1 - y_pred, gamma) * ops.log(y_pred) * y_true
    zero = (1 - alpha) * ops.power(y_pred, gamma) * ops.log(1 - y_pred) * (1 - y_true)
    return -ops.mean(one + zero, axis=-1)


model = keras.Sequential([keras.layers.Input((16,)), keras.layers.Dense(64, activation="relu"),
                          keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), loss=focal, metrics=["accuracy", keras.metrics.AUC(name="auc")])
model.fit(X[:2000], y[:2000], validation_data=(X[2000:], y[2000:]), epochs=30, batch_size=32, verbose=2)
