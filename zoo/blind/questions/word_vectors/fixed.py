# sentiment with word vectors read from a text file
import os
import tempfile
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
DIM = 12
words = {"pos": ["Good", "Brilliant", "Moving", "Funny", "Charming", "Clever"],
         "neg": ["Dull", "Boring", "Lousy", "Messy", "Flat", "Weak"],
         "neu": ["The", "Film", "Actor", "Scene", "Plot", "Music", "Was", "And", "With", "Its"]}
direction = rng.normal(size=DIM)
path = os.path.join(tempfile.mkdtemp(), "vectors.txt")
with open(path, "w") as f:
    for tone, group in words.items():
        for w in group:
            v = rng.normal(size=DIM) * 0.6 + direction * {"pos": 1, "neg": -1, "neu": 0}[tone]
            f.write(w.lower() + " " + " ".join(f"{k:.4f}" for k in v) + "\n")

y = rng.integers(0, 2, 1500)
docs = [" ".join(rng.permutation(np.r_[rng.choice(words["pos" if v else "neg"], 3), rng.choice(words["neu"], 5)])) for v in y]
index = {}
tokens = [[index.setdefault(w, len(index) + 1) for w in doc.lower().split()] for doc in docs]
X = np.array(tokens)

vectors = {}
for line in open(path):
    word, *numbers = line.split()
    vectors[word] = np.array(numbers, "float32")
matrix = np.zeros((len(index) + 1, DIM))
for w, i in index.items():
    if w in vectors:
        matrix[i] = vectors[w]

model = keras.Sequential([
    layers.Input((8,)),
    layers.Embedding(len(index) + 1, DIM, embeddings_initializer=keras.initializers.Constant(matrix), trainable=False),
    layers.LSTM(16),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:1200], y[:1200], epochs=8, batch_size=32, validation_data=(X[1200:], y[1200:]), verbose=2)
