import numpy as np
import keras
from keras import ops

keras.utils.set_random_seed(103)
x = np.random.uniform(-2, 2, (3000, 1)).astype("float32")
noise = (0.02 + 0.05 * np.abs(x)).astype("float32")
y = (0.3 * np.sin(2 * x) + noise * np.random.normal(size=x.shape)).astype("float32")


def nll(y_true, out):
    mu, log_s = out[:, :1], out[:, 1:]
    return ops.mean(log_s + 0.5 * ops.square((y_true - mu) / ops.exp(log_s)), axis=-1)


inp = keras.Input((1,))
h = keras.layers.Dense(64, activation="swish")(inp)
h = keras.layers.Dense(64, activation="swish")(h)
model = keras.Model(inp, keras.layers.Dense(2)(h))
model.compile(keras.optimizers.Adam(0.003), loss=nll)
model.fit(x[:2400], y[:2400], epochs=25, batch_size=64, validation_data=(x[2400:], y[2400:]), verbose=2)
out = model.predict(x[2400:], verbose=0)
z = np.abs(out[:, 0] - y[2400:, 0]) / np.exp(out[:, 1])
print("inside one sigma", (z < 1).mean(), "inside two", (z < 2).mean())
best = np.mean(np.log(noise[2400:]) + 0.5)
print("lowest possible loss about", best)
