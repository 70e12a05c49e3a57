import numpy as np
import tensorflow as tf
from tensorflow.keras.callbacks import EarlyStopping

tf.keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)
x = rng.uniform(-1, 1, (1000, 1))
y = np.sin(9 * x) + rng.normal(0, 0.05, x.shape)
model = tf.keras.Sequential([tf.keras.layers.Input((1,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(1)])
model.compile(tf.keras.optimizers.Adam(0.003), loss="mse")
stop = EarlyStopping(monitor="val_loss", patience=20, restore_best_weights=True)
h = model.fit(x[:800], y[:800], epochs=60, batch_size=32, validation_data=(x[800:], y[800:]), callbacks=[stop], verbose=0)
print("epochs", len(h.epoch), "val_loss", h.history["val_loss"][-1], "variance", y.var())
