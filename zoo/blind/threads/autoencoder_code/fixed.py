import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(16)
X = load_digits().data.astype("float32") / 16
np.random.shuffle(X)
x_tr, x_te = X[:1500], X[1500:]

init = keras.initializers.RandomNormal(stddev=0.1, seed=3)
enc_in = keras.Input((64,))
h = layers.Dense(64, activation="tanh", kernel_initializer=init)(enc_in)
h = layers.Dense(32, activation="tanh", kernel_initializer=init)(h)
code = layers.Dense(12, activation="tanh", kernel_initializer=init, name="code")(h)
h = layers.Dense(32, activation="tanh", kernel_initializer=init)(code)
h = layers.Dense(64, activation="tanh", kernel_initializer=init)(h)
dec = layers.Dense(64, activation="sigmoid", kernel_initializer=init)(h)
ae = keras.Model(enc_in, dec)
ae.compile(optimizer=keras.optimizers.Adam(2e-3), loss="mse")
ae.fit(x_tr, x_tr, validation_data=(x_te, x_te), epochs=45, batch_size=32, verbose=2)
rec = ae.predict(x_te, verbose=0)
base = ((x_te - x_tr.mean(0)) ** 2).mean()
print("mse", ((rec - x_te) ** 2).mean(), "mean image", base)
