import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(53)
rng = np.random.default_rng(53)

# shop sessions: items of a category follow each other, popular items more often
N_ITEMS, L = 200, 16
cat_of = np.arange(N_ITEMS) % 20
succ = {i: rng.choice(np.flatnonzero(cat_of == cat_of[i]), 3) for i in range(N_ITEMS)}


def session():
    n = int(np.clip(rng.geometric(0.22), 3, L + 1))
    cur = int(rng.integers(N_ITEMS))
    s = [cur]
    while len(s) < n:
        cur = int(rng.choice(succ[cur], p=[.6, .25, .15])) if rng.random() < 0.85 else int(rng.integers(N_ITEMS))
        s.append(cur)
    return np.array(s) + 1


X, Y = np.zeros((4500, L), "int32"), np.zeros((4500, L), "int32")
for r in range(len(X)):
    s = session()
    X[r, :len(s) - 1], Y[r, :len(s) - 1] = s[:-1], s[1:]


def masked_loss(y, p):
    w = ops.cast(y > 0, p.dtype)
    ce = keras.losses.sparse_categorical_crossentropy(y, p, from_logits=True)
    return ops.sum(ce * w) / ops.maximum(ops.sum(w), 1)


def masked_acc(y, p):
    y = ops.cast(y, "int32")
    w = ops.cast(ops.equal(y, 0), "float32")
    hit = ops.cast(ops.equal(ops.cast(ops.argmax(p, -1), "int32"), y), "float32")
    return ops.sum(hit * w) / ops.maximum(ops.sum(w), 1)


inp = layers.Input((L,), dtype="int32")
pos = layers.Embedding(L, 32)(ops.arange(L)[None])
h = layers.Embedding(N_ITEMS + 1, 32)(inp) + pos
a = layers.MultiHeadAttention(2, 16)(h, h, use_causal_mask=True)
h = layers.LayerNormalization()(h + a)
f = layers.Dense(64, activation="relu")(h)
h = layers.LayerNormalization()(h + layers.Dense(32)(f))
model = keras.Model(inp, layers.Dense(N_ITEMS + 1)(h))
model.compile(keras.optimizers.Adam(3e-3), loss=masked_loss, metrics=[masked_acc])
model.fit(X[:4000], Y[:4000], validation_data=(X[4000:], Y[4000:]), epochs=5, batch_size=64, verbose=2)
