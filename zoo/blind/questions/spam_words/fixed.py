import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(7)
rng = np.random.default_rng(7)
SPAM = "free winner cash prize click urgent credit offer bonus casino".split()
HAM = "meeting lunch report tomorrow thanks project schedule notes review family".split()
COMMON = "please the you for our with today new this call about more".split()


def message(spam):
    words = list(rng.choice(SPAM if spam else HAM, 4)) + list(rng.choice(COMMON, 6))
    rng.shuffle(words)
    return " ".join(w.upper() if rng.random() < 0.2 else w for w in words)


y = rng.integers(0, 2, 1600)
messages = [message(v) for v in y]

vocabulary = {}
for m in messages:
    for w in m.lower().split():
        vocabulary.setdefault(w, len(vocabulary) + 2)


def encode(text, length=10):
    ids = [vocabulary.get(w, 1) for w in text.lower().split()]
    ids = ids[:length]
    return ids + [0] * (length - len(ids))


X = np.array([encode(m) for m in messages])
print("vocabulary", len(vocabulary), "X", X.shape)
model = keras.Sequential([
    layers.Input((10,)),
    layers.Embedding(len(vocabulary) + 2, 16),
    layers.GlobalAveragePooling1D(),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:1200], y[:1200], validation_data=(X[1200:], y[1200:]), epochs=12, batch_size=32, verbose=2)
