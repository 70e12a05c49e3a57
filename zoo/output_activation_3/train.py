import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

t = np.arange(1400)
temps = 4 + 12 * np.sin(2 * np.pi * t / 60) + np.random.default_rng(20).normal(0, 0.8, t.size)
m, s = temps[:1100].mean(), temps[:1100].std()
z = ((temps - m) / s).astype("float32")
ds = tf.keras.utils.timeseries_dataset_from_array(z[:1100, None], z[30:1100], sequence_length=30, batch_size=32, shuffle=True, seed=1)
val = tf.keras.utils.timeseries_dataset_from_array(z[1100:, None], z[1130:], sequence_length=30, batch_size=32)
model = tf.keras.Sequential([
    layers.Input((30, 1)),
    layers.Conv1D(16, 5, activation="relu"),
    layers.GRU(16),
    layers.Dense(1, activation="relu"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.005), loss="mse", metrics=["mae"])
model.fit(ds, validation_data=val, epochs=10, verbose=2)
