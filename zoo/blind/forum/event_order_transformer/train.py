import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(28)
rng = np.random.default_rng(28)
SEQ, VOCAB = 16, 30
LOGIN, EXPORT = 3, 7


def sessions(n):
    x = rng.integers(8, VOCAB, (n, SEQ))
    y = rng.integers(0, 2, n)
    for row, bad in zip(x, y):
        i, j = sorted(rng.choice(SEQ, 2, replace=False))
        row[i], row[j] = (EXPORT, LOGIN) if bad else (LOGIN, EXPORT)
    return x, y


class Tokens(layers.Layer):
    def __init__(self, vocab, length, dim):
        super().__init__()
        self.words = layers.Embedding(vocab, dim)
        self.places = layers.Embedding(length, dim)

    def call(self, ids):
        return self.words(ids)


class Block(layers.Layer):
    def __init__(self, dim, heads):
        super().__init__()
        self.att = layers.MultiHeadAttention(heads, dim // heads)
        self.n1, self.n2 = layers.LayerNormalization(), layers.LayerNormalization()
        self.ff = tf.keras.Sequential([layers.Dense(2 * dim, activation="relu"), layers.Dense(dim)])

    def call(self, x):
        x = self.n1(x + self.att(x, x))
        return self.n2(x + self.ff(x))


x_train, y_train = sessions(4000)
x_val, y_val = sessions(800)
inp = layers.Input((SEQ,), dtype="int32")
h = Tokens(VOCAB, SEQ, 32)(inp)
h = Block(32, 2)(h)
h = Block(32, 2)(h)
h = layers.GlobalAveragePooling1D()(h)
out = layers.Dense(1, activation="sigmoid")(h)
model = tf.keras.Model(inp, out)
model.compile(tf.keras.optimizers.Adam(1.5e-3), "binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_val, y_val), batch_size=64, epochs=14, verbose=2)
