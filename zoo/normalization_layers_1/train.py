import numpy as np
import tensorflow as tf

rng = np.random.default_rng(17)
counts = rng.gamma(2.0, 1.0, (3000, 1)) * rng.dirichlet(np.ones(6) * 5, 3000)
total = counts.sum(axis=1)
y = (total - total.mean()) / total.std()

model = tf.keras.Sequential([
    tf.keras.layers.Input((6,)),
    tf.keras.layers.LayerNormalization(),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile("adam", "mse", metrics=["mae"])
model.fit(counts[:2400], y[:2400], epochs=20, batch_size=32, validation_data=(counts[2400:], y[2400:]), verbose=2)
