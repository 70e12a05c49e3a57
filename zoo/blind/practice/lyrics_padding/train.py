import numpy as np
import keras
from keras import layers
from keras.utils import pad_sequences

keras.utils.set_random_seed(25)
rng = np.random.default_rng(25)
VOCAB, MAXLEN = 120, 120
happy, sad = np.arange(2, 18), np.arange(18, 34)


def song():
    k = rng.integers(0, 2)
    n = rng.integers(6, 26)
    words = rng.integers(34, VOCAB, n)
    hit = rng.random(n) < 0.35
    own = rng.random(n) < 0.78
    words = np.where(hit, np.where(own == (k == 1), rng.choice(happy, n), rng.choice(sad, n)), words)
    return words.tolist(), k


songs = [song() for _ in range(2400)]
seqs = pad_sequences([s for s, _ in songs], maxlen=MAXLEN, padding="post")
mood = np.array([k for _, k in songs])

model = keras.Sequential([
    layers.Input((MAXLEN,), dtype="int32"),
    layers.Embedding(VOCAB, 16),
    layers.LSTM(16),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.003), metrics=["accuracy"])
model.fit(seqs[:1900], mood[:1900], epochs=5, batch_size=64, validation_data=(seqs[1900:], mood[1900:]), verbose=2)
