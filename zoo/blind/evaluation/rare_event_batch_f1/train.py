import numpy as np
import tensorflow as tf
import keras
from keras import backend as K
from sklearn.model_selection import train_test_split

tf.random.set_seed(27)
np.random.seed(27)
keras.utils.set_random_seed(27)
n = 12000
a = np.random.gamma(2.0, 1.0, (n, 3))
b = np.random.normal(0, 1, (n, 5))
risk = 1.6 * a[:, 0] + 1.1 * a[:, 1] * (b[:, 0] > 0.3) + 1.2 * b[:, 1] + np.random.normal(0, 0.5, n)
y = (risk > np.quantile(risk, 0.97)).astype("float32")
X = np.hstack([a, b]).astype("float32")
x_train, x_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=27)
y_train, y_test = y_train[:, None], y_test[:, None]


def f1(y_true, y_pred):
    y_hat = tf.round(y_pred)
    tp = tf.reduce_sum(y_true * y_hat)
    precision = tp / (tf.reduce_sum(y_hat) + K.epsilon())
    recall = tp / (tf.reduce_sum(y_true) + K.epsilon())
    return 2 * precision * recall / (precision + recall + K.epsilon())


model = keras.Sequential([
    keras.layers.Input((8,)),
    keras.layers.BatchNormalization(),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(2e-3), metrics=[f1])
model.fit(x_train, y_train, epochs=15, batch_size=32, validation_data=(x_test, y_test), verbose=2)
print(model.evaluate(x_test, y_test, batch_size=8, verbose=0))
