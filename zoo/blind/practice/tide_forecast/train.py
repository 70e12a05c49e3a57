import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)
h = np.arange(3000)
surge = np.zeros(h.size)
for i in range(1, h.size):
    surge[i] = 0.95 * surge[i - 1] + rng.normal(0, 0.06)
level = 1.8 * np.sin(2 * np.pi * h / 12.42) + 0.6 * np.sin(2 * np.pi * h / 12.0 + 1) + 0.3 * np.sin(2 * np.pi * h / 25.8) + surge
mean, std = level[:2300].mean(), level[:2300].std()
z = ((level - mean) / std).astype("float32")


def windows(a, back=30, ahead=3):
    ds = keras.utils.timeseries_dataset_from_array(a[:-ahead - back + 1], a[back + ahead - 1:], sequence_length=back,
                                                   batch_size=32, shuffle=False)
    xs, ys = zip(*[(x.numpy(), y.numpy()) for x, y in ds])
    return np.concatenate(xs)[..., None], np.concatenate(ys)


x_tr, y_tr = windows(z[:2300])
x_va, y_va = windows(z[2300:])
model = keras.Sequential([layers.Input((30, 1)), layers.GRU(24), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.004), "mae")
model.fit(x_tr, y_tr, epochs=10, batch_size=32, validation_data=(x_va, y_va), verbose=2)
print("MAE metres", model.evaluate(x_va, y_va, verbose=0) * std, "naive", np.abs(x_va[:, -1, 0] - y_va).mean() * std)
