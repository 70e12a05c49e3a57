import numpy as np
import keras
from keras import ops, layers
from sklearn.metrics import mean_absolute_error, r2_score

keras.utils.set_random_seed(8)
g = np.random.default_rng(8)
n = 5000
wind = g.weibull(2.1, n) * 8
direction = g.uniform(0, 2 * np.pi, n)
density = g.normal(1.22, 0.03, n)
turb = g.uniform(0.03, 0.2, n)
power = 1 / (1 + np.exp(-(wind - 8.5) / 1.4)) * (density / 1.22) * (1 - 0.12 * np.cos(direction) ** 2)
power += g.normal(0, 1, n) * (0.01 + 0.25 * turb)
X = np.c_[wind / 8, np.cos(direction), np.sin(direction), (density - 1.22) / 0.03, turb * 10].astype("float32")
y = ((power - power.mean()) / power.std()).astype("float32")
cut = 4000


def gaussian_nll(y_true, out):
    mu, log_var = out[:, :1], out[:, 1:]
    y_true = ops.reshape(y_true, (-1, 1))
    return ops.mean(0.5 * log_var + 0.5 * ops.exp(-log_var) * ops.square(y_true - mu))


def build():
    i = layers.Input((5,))
    h = layers.Dense(40, activation="relu")(i)
    h = layers.Dense(40, activation="relu")(h)
    mu = layers.Dense(1)(h)
    lv = layers.Dense(1)(h)
    return keras.Model(i, layers.Concatenate()([mu, lv]))


model = build()
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss=gaussian_nll)
model.fit(X[:cut], y[:cut], epochs=25, batch_size=64, validation_split=0.1, verbose=2)
out = model.predict(X[cut:], verbose=0)
mu, sd = out[:, 0], np.exp(0.5 * out[:, 1])
print("MAE", mean_absolute_error(y[cut:], mu), "R2", r2_score(y[cut:], mu))
print("95% coverage", np.mean(np.abs(y[cut:] - mu) < 1.96 * sd))
