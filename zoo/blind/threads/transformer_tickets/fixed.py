"""Small transformer encoder that routes support tickets to a team."""
import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(21)
VOCAB, MAXLEN, CLASSES = 400, 24, 4


def make_tickets(n, seed):
    g = np.random.default_rng(seed)
    y = g.integers(0, CLASSES, n)
    x = np.zeros((n, MAXLEN), dtype="int32")
    for i in range(n):
        length = g.integers(12, MAXLEN + 1)
        words = g.zipf(1.3, length) % 300 + 40
        where = g.choice(length, size=g.integers(2, 4), replace=False)
        topic = y[i] if g.random() > 0.06 else g.integers(0, CLASSES)
        words[where] = 1 + topic * 9 + g.integers(0, 9, len(where))
        x[i, :length] = words
    return x, y


class Positions(layers.Layer):
    def __init__(self, maxlen, vocab, dim):
        super().__init__()
        self.tok = layers.Embedding(vocab, dim)
        self.pos = layers.Embedding(maxlen, dim)

    def call(self, t):
        return self.tok(t) + self.pos(ops.arange(t.shape[1]))


x_train, y_train = make_tickets(4000, 1)
x_val, y_val = make_tickets(1000, 2)

inp = layers.Input((MAXLEN,), dtype="int32")
h = Positions(MAXLEN, VOCAB, 32)(inp)
for _ in range(2):
    a = layers.MultiHeadAttention(2, 16, dropout=0.1)(h, h)
    h = layers.LayerNormalization(epsilon=1e-6)(h + a)
    f = layers.Dense(64, activation="relu")(h)
    f = layers.Dense(32)(f)
    h = layers.LayerNormalization(epsilon=1e-6)(h + f)
h = layers.GlobalAveragePooling1D()(h)
h = layers.Dropout(0.1)(h)
out = layers.Dense(CLASSES, activation="softmax")(h)
model = keras.Model(inp, out)

model.compile(optimizer=keras.optimizers.Adam(0.001), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=64, epochs=5, validation_data=(x_val, y_val), verbose=2)
print(np.bincount(model.predict(x_val, verbose=0).argmax(-1), minlength=CLASSES), np.bincount(y_val))
