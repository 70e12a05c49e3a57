import numpy as np
import tensorflow as tf

rng = np.random.default_rng(79)
V, L = 12, 8
seqs = rng.integers(2, V, (4000, L))
first = rng.integers(0, 2, 4000)
for row, f in zip(seqs, first):
    i, j = np.sort(rng.choice(L, 2, replace=False))
    row[i], row[j] = (0, 1) if f else (1, 0)

model = tf.keras.Sequential()
model.add(tf.keras.layers.Input((L,)))
model.add(tf.keras.layers.Embedding(V, 16))
model.add(tf.keras.layers.GRU(24))
model.add(tf.keras.layers.Dense(32, activation="relu"))
model.add(tf.keras.layers.Dense(1, activation="sigmoid"))
model.compile(tf.keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
model.fit(seqs[:3400], first[:3400], epochs=10, batch_size=64, validation_data=(seqs[3400:], first[3400:]), verbose=2)
