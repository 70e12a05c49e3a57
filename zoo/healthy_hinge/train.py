import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
y = np.where(y == 1, 1.0, -1.0)
order = np.random.default_rng(0).permutation(len(X))
X, y = StandardScaler().fit_transform(X)[order], y[order]


def sign_accuracy(y_true, y_pred):
    return keras.ops.mean(keras.ops.cast(y_true * y_pred > 0, "float32"))


svm = keras.Sequential([keras.Input((30,)), layers.Dense(1, kernel_regularizer=keras.regularizers.L2(1e-3))])
svm.compile(optimizer=keras.optimizers.SGD(0.02), loss="hinge", metrics=[sign_accuracy])
svm.fit(X[:450], y[:450, None], epochs=30, batch_size=16, validation_data=(X[450:], y[450:, None]), verbose=2)
