import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model

tf.keras.utils.set_random_seed(52)
rng = np.random.default_rng(52)
X = rng.normal(size=(2000, 8)).astype("float32")
y = (np.abs(X[:, 0]) + X[:, 1] * X[:, 2] + 0.5 * X[:, 3] + rng.normal(0, 0.1, 2000)).astype("float32")

bias = tf.keras.initializers.Constant(0.1)
a = Input((8,))
b = Dense(64, activation="relu", bias_initializer=bias)(a)
b = Dense(64, activation="relu", bias_initializer=bias)(b)
c = Dense(1)(b)
m = Model(a, c)
m.compile(optimizer=tf.keras.optimizers.Adam(2e-3), loss="mae")
m.fit(X[:1600], y[:1600], epochs=25, batch_size=64, validation_data=(X[1600:], y[1600:]), verbose=2)
print("prediction std", m.predict(X[1600:], verbose=0).std(), "target std", y.std())
