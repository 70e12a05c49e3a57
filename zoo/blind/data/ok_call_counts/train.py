import keras
import numpy as np
from keras import ops

keras.utils.set_random_seed(101)
rng = np.random.default_rng(101)
x = rng.normal(0, 1, (3000, 4)).astype("float32")
rate = np.exp(2.0 + 0.5 * x[:, 0] - 0.4 * x[:, 1] + 0.3 * np.sin(2 * x[:, 2]))
calls = rng.poisson(rate).astype("float32")[:, None]


def nll(y_true, log_rate):
    return ops.mean(ops.exp(log_rate) - y_true * log_rate, axis=-1)


model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(3e-3), nll)
model.fit(x[:2400], calls[:2400], epochs=30, batch_size=32, validation_data=(x[2400:], calls[2400:]), verbose=2)
p = np.exp(model.predict(x[2400:], verbose=0)[:, 0])
y = calls[2400:, 0]
print("mean absolute error", np.abs(p - y).mean(), "with the true rate", np.abs(rate[2400:] - y).mean())
