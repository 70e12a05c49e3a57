import numpy as np
import keras
from keras.layers import Embedding, LSTM, Dense, Input
from keras.utils import pad_sequences

keras.utils.set_random_seed(9)
rng = np.random.default_rng(9)
good = ["great", "lovely", "fun", "brilliant", "moving", "clever"]
bad = ["dull", "awful", "boring", "weak", "silly", "painful"]
rest = ["the", "film", "plot", "actor", "was", "and", "music", "scene", "very", "a", "story", "its", "end", "first", "hour"]


def review():
    mood = rng.integers(2)
    words = list(rng.choice(rest, rng.integers(3, 9)))
    for _ in range(rng.integers(1, 4)):
        w = rng.choice(good if mood else bad)
        if rng.random() < 0.2:
            w = "not " + rng.choice(bad if mood else good)
        words.insert(rng.integers(len(words) + 1), w)
    return " ".join(words), mood


pairs = [review() for _ in range(2000)]
word_index = {w: i + 1 for i, w in enumerate(sorted(set(" ".join(p[0] for p in pairs).split())))}
seqs = [[word_index[w] for w in text.split()] for text, _ in pairs]
X = pad_sequences(seqs, maxlen=80, padding="post")
y = np.array([m for _, m in pairs])

model = keras.Sequential()
model.add(Input((80,)))
model.add(Embedding(len(word_index) + 1, 24))
model.add(LSTM(24))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.003), metrics=["accuracy"])
model.fit(X[:1600], y[:1600], validation_data=(X[1600:], y[1600:]), epochs=10, batch_size=64, verbose=2)
