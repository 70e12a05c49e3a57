import numpy as np
import tensorflow as tf

rng = np.random.default_rng(70)
N, T, F = 1500, 20, 3
lengths = rng.integers(5, T + 1, N)
x = rng.normal(size=(N, T, F)).astype("float32")
for row, n in zip(x, lengths):
    row[n:] = -99.0
y = np.array([row[:n, 0].mean() > 0 for row, n in zip(x, lengths)], dtype="float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((T, F)),
    tf.keras.layers.Masking(mask_value=-99.0),
    tf.keras.layers.LSTM(24),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(tf.keras.optimizers.Adam(0.01, clipvalue=1.0), "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:1200], y[:1200], epochs=12, batch_size=64, validation_data=(x[1200:], y[1200:]), verbose=2)
