import numpy as np
import tensorflow as tf

rng = np.random.default_rng(60)
tokens = rng.integers(1, 60, (3000, 10))
sense = rng.normal(size=60)
y = (sense[tokens].sum(axis=1) > 0).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((10,)),
    tf.keras.layers.Embedding(60, 8),
    tf.keras.layers.GlobalAveragePooling1D(),
    tf.keras.layers.Dense(8, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
for layer in model.layers[:3]:
    layer.trainable = False
model.compile(tf.keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
model.fit(tokens[:2500], y[:2500], epochs=12, batch_size=32, validation_data=(tokens[2500:], y[2500:]), verbose=2)
