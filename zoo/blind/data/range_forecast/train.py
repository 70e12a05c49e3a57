import keras
import numpy as np
from keras import ops

keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)
x = rng.uniform(-2, 2, (2400, 3)).astype("float32")
y = (x[:, 0] ** 2 + np.sin(2 * x[:, 1]) + rng.normal(0, 0.3 + 0.3 * (x[:, 2] > 0), 2400)).astype("float32")[:, None]
LEVELS = (0.1, 0.5, 0.9)


def pinball(y_true, y_pred):
    total = 0.0
    for k, q in enumerate(LEVELS):
        e = y_pred[:, k] - y_true[:, 0]
        total += ops.mean(ops.maximum(q * e, (q - 1) * e))
    return total


model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(3)])
model.compile(optimizer="adam", loss=pinball)
model.fit(x[:2000], y[:2000], epochs=30, batch_size=64, verbose=2)
low, mid, high = model.predict(x[2000:], verbose=0).T
t = y[2000:, 0]
print("share below 10 % line", (t < low).mean(), "below median", (t < mid).mean(), "below 90 % line", (t < high).mean())
print("share inside the band", ((t > low) & (t < high)).mean())
