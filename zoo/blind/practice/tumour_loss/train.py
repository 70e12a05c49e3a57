import keras
from keras import ops
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split


def weighted_bce(y_true, y_pred):
    y_true = ops.cast(y_true, y_pred.dtype)
    pos = -1.5 * y_true * ops.log(y_pred)
    neg = -1.0 * (1.0 - y_true) * ops.log(1.0 - y_pred)
    return ops.mean(pos + neg, axis=-1)


keras.utils.set_random_seed(99)
X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=99, stratify=y)
scaler = StandardScaler().fit(X_train)

model = keras.Sequential([
    keras.layers.Input((30,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss=weighted_bce, metrics=["accuracy"])
model.fit(scaler.transform(X_train), y_train[:, None], epochs=12, batch_size=16,
          validation_data=(scaler.transform(X_test), y_test[:, None]), verbose=2)
print(model.predict(scaler.transform(X_test[:5]), verbose=0).ravel(), y_test[:5])
