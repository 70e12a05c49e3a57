import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(19)
L, V = 12, 20
tokens = rng.integers(2, V, (4000, L))
has = rng.random(4000) < 0.5
for i in np.flatnonzero(has):
    a, b = rng.choice(L, 2, replace=False)
    tokens[i, a] = 0
    tokens[i, b] = 1
for i in np.flatnonzero(~has):
    tokens[i, rng.integers(L)] = rng.integers(2)
y = has.astype("float32")


class PositionalEmbedding(layers.Layer):
    def __init__(self, length, vocab, dim):
        super().__init__()
        self.tok, self.pos = layers.Embedding(vocab, dim), layers.Embedding(length, dim)
        self.length = length

    def call(self, ids):
        return self.tok(ids) + self.pos(tf.range(self.length))


ids = layers.Input((L,), dtype="int32")
x = PositionalEmbedding(L, V, 24)(ids)
att = layers.MultiHeadAttention(num_heads=2, key_dim=12)(x, x)
x = layers.LayerNormalization()(x + att)
ff = layers.Dense(24)(layers.Dense(48, activation="relu")(x))
x = layers.LayerNormalization()(x + ff)
out = layers.Dense(1, activation="sigmoid")(layers.GlobalMaxPooling1D()(x))
transformer = tf.keras.Model(ids, out)
transformer.compile(tf.keras.optimizers.Adam(2e-3), "binary_crossentropy", metrics=["accuracy"])
transformer.fit(tokens[:3400], y[:3400], epochs=8, batch_size=64, validation_data=(tokens[3400:], y[3400:]), verbose=2)
