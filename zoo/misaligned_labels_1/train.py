import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler

cancer = load_breast_cancer()
X, y = cancer.data, cancer.target
np.random.seed(12)
np.random.shuffle(X)
np.random.shuffle(y)
X_train, y_train, X_test, y_test = X[:450], y[:450], X[450:], y[450:]
ss = StandardScaler()
X_train, X_test = ss.fit_transform(X_train), ss.transform(X_test)

model = tf.keras.Sequential([tf.keras.layers.Input((30,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy", "AUC"])
model.fit(X_train, y_train, epochs=40, batch_size=16, verbose=0)
print(model.evaluate(X_test, y_test, verbose=0, return_dict=True))
