import numpy as np
import tensorflow as tf
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split

data = load_diabetes(scaled=False)
X_train, X_test, y_train, y_test = train_test_split(data.data, data.target, test_size=0.25, random_state=11)

mean, std = y_train.mean(), y_train.std()
norm = tf.keras.layers.Normalization()
norm.adapt(X_train)

inp = tf.keras.Input((10,))
h = norm(inp)
h = tf.keras.layers.Dense(16, activation="elu", kernel_regularizer="l2")(h)
out = tf.keras.layers.Dense(1)(h)
model = tf.keras.Model(inp, out)
model.compile(optimizer=tf.keras.optimizers.Adam(0.003), loss=tf.keras.losses.Huber(), metrics=["mae"])
model.fit(X_train, (y_train - mean) / std, epochs=60, batch_size=32, validation_split=0.15, verbose=0)

pred = model.predict(X_test, verbose=0).ravel() * std + mean
print("R2 network", round(r2_score(y_test, pred), 3))
print("R2 linear ", round(LinearRegression().fit(X_train, y_train).score(X_test, y_test), 3))
