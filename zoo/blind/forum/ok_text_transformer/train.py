import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(68)
rng = np.random.default_rng(68)
SUBJ, VERB, GOOD, BAD, NEG = range(5, 25), range(25, 40), range(40, 55), range(55, 70), 2
LEN = 12


def sentence():
    mood, ids = rng.integers(2), []
    ids.append(rng.choice(SUBJ)); ids.append(rng.choice(VERB))
    for _ in range(rng.integers(1, 4)):
        if rng.random() < 0.3:
            ids += [NEG, rng.choice(BAD if mood else GOOD)]
        else:
            ids.append(rng.choice(GOOD if mood else BAD))
        if rng.random() < 0.5:
            ids.append(rng.choice(SUBJ))
    ids = ids[:LEN]
    return ids + [0] * (LEN - len(ids)), mood if rng.random() > 0.03 else 1 - mood


x, y = zip(*[sentence() for _ in range(4000)])
x, y = np.array(x), np.array(y)


class Embed(layers.Layer):
    def __init__(self):
        super().__init__()
        self.tok, self.pos = layers.Embedding(70, 32), layers.Embedding(LEN, 32)

    def call(self, ids):
        return self.tok(ids) + self.pos(keras.ops.arange(LEN))


inp = keras.Input((LEN,), dtype="int32")
h = Embed()(inp)
a = layers.MultiHeadAttention(2, 16)(h, h)
h = layers.LayerNormalization()(h + a)
h = layers.LayerNormalization()(h + layers.Dense(32)(layers.Dense(64, activation="relu")(h)))
h = layers.GlobalMaxPooling1D()(h)
model = keras.Model(inp, layers.Dense(1, activation="sigmoid")(h))
model.compile(keras.optimizers.Adam(0.001), "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:3200], y[:3200], validation_data=(x[3200:], y[3200:]), batch_size=64, epochs=8, verbose=2)
