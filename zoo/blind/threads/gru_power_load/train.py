import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)

hours = np.arange(24 * 260)
temp = 10 - 12 * np.cos(2 * np.pi * hours / (24 * 365)) + 5 * np.sin(2 * np.pi * (hours % 24 - 9) / 24) + np.convolve(rng.normal(0, 1.5, len(hours)), np.ones(12) / 4, "same")
weekend = ((hours // 24) % 7 >= 5).astype(float)
load = 5200 + 1500 * np.exp(-((hours % 24 - 19) / 3.5) ** 2) + 900 * np.exp(-((hours % 24 - 9) / 3.0) ** 2) - 700 * weekend + 45 * np.abs(temp - 16)
load = load + np.convolve(rng.normal(0, 60, len(hours)), np.ones(4) / 2, "same")     # MW

split = 24 * 210
feat = np.stack([load, temp, weekend, np.sin(2 * np.pi * hours / 24), np.cos(2 * np.pi * hours / 24)], 1)
mean, std = feat[:split].mean(0), feat[:split].std(0)
feat = (feat - mean) / std
target = load
W = 24


def dataset(lo, hi, shuffle):
    return keras.utils.timeseries_dataset_from_array(feat[lo:hi - 1].astype("float32"), target[lo + W:hi].astype("float32"), sequence_length=W, batch_size=64, shuffle=shuffle, seed=1)


train, valid = dataset(0, split, True), dataset(split, len(hours), False)
model = keras.Sequential([
    keras.layers.Input((W, feat.shape[1])),
    keras.layers.GRU(24),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.RMSprop(1e-3), loss="mae")
model.fit(train, validation_data=valid, epochs=8, verbose=2)
y = np.concatenate([b for _, b in valid]); p = model.predict(valid, verbose=0).ravel()
print("mean of targets %.2f  mean of predictions %.2f  sd %.3f vs %.3f" % (y.mean(), p.mean(), y.std(), p.std()))
print("mae %.3f, of a constant guess %.3f" % (np.abs(y - p).mean(), np.abs(y - np.median(y)).mean()))
