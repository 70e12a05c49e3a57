import numpy as np
import keras
from keras import layers
from keras.utils import pad_sequences

keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)

TAGS = ["<pad>", "DET", "NOUN", "VERB", "ADJ", "ADV"]
VOCAB = {"DET": 8, "NOUN": 120, "VERB": 80, "ADJ": 50, "ADV": 30}
NEXT = {
    None: (["DET", "NOUN", "ADV"], [0.6, 0.25, 0.15]),
    "DET": (["NOUN", "ADJ"], [0.6, 0.4]),
    "ADJ": (["NOUN", "ADJ"], [0.85, 0.15]),
    "NOUN": (["VERB", "NOUN", "ADV"], [0.7, 0.1, 0.2]),
    "VERB": (["DET", "NOUN", "ADV"], [0.5, 0.2, 0.3]),
    "ADV": (["VERB", "ADJ", "DET"], [0.5, 0.2, 0.3]),
}
start, off = {}, 1
for k, v in VOCAB.items():
    start[k] = off
    off += v
AMBIG = 0.08        # nouns used as verbs and so on


def sentence():
    words, tags, prev = [], [], None
    for _ in range(rng.integers(4, 16)):
        opts, p = NEXT[prev]
        tag = rng.choice(opts, p=p)
        src = tag if rng.random() > AMBIG else rng.choice(["NOUN", "VERB"])
        words.append(start[src] + min(int(rng.exponential(VOCAB[src] / 4)), VOCAB[src] - 1))
        tags.append(TAGS.index(tag))
        prev = tag
    return words, tags


sents = [sentence() for _ in range(2200)]
X = pad_sequences([w for w, _ in sents], maxlen=16)
Y = pad_sequences([t for _, t in sents], maxlen=16)
X_tr, X_te, Y_tr, Y_te = X[:1800], X[1800:], Y[:1800], Y[1800:]

model = keras.Sequential([
    layers.Input((16,)),
    layers.Embedding(off, 24),
    layers.Bidirectional(layers.LSTM(24, return_sequences=True)),
    layers.TimeDistributed(layers.Dense(len(TAGS), activation="softmax")),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(X_tr, Y_tr, sample_weight=(Y_tr > 0).astype("float32"), epochs=10, batch_size=32, verbose=2)

guess = model.predict(X_te, verbose=0).argmax(-1)
real = Y_te > 0
print("tag accuracy", (guess[real] == Y_te[real]).mean())
