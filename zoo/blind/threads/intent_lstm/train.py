import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras.preprocessing.sequence import pad_sequences

tf.keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
verbs = {"order": "buy order get purchase want".split(), "refund": "return refund money back cancel".split(),
         "track": "where track status arrive late".split(), "account": "login password account email reset".split()}
filler = "i my the a please can you it is to for of hello thanks and not now very today with".split()
items = "phone shoes book laptop shirt lamp chair bag".split()
names = list(verbs)
rows = []
for _ in range(3000):
    c = int(rng.integers(0, 4))
    words = list(rng.choice(filler, rng.integers(4, 9))) + [rng.choice(items)]
    for _ in range(rng.integers(1, 3)):
        words.insert(rng.integers(0, len(words)), rng.choice(verbs[names[c]]))
    if rng.random() < .25:
        words.insert(rng.integers(0, len(words)), rng.choice(verbs[names[rng.integers(0, 4)]]))
    rows.append((" ".join(words), c))
df = pd.DataFrame(rows, columns=["text", "label"])

vocab = {w: i + 1 for i, w in enumerate(sorted({w for t in df.text for w in t.split()}))}
X = pad_sequences([[vocab[w] for w in t.split()] for t in df.text], maxlen=14)
y = df.label.values

model = tf.keras.Sequential([
    tf.keras.layers.Input((14,)),
    tf.keras.layers.Embedding(len(vocab) + 1, 24, mask_zero=False),
    tf.keras.layers.LSTM(24),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X, y, epochs=10, batch_size=32, validation_split=0.2, verbose=2)
for text in df.text[-3:]:
    print(text, model.predict(pad_sequences([[vocab[w] for w in text.split()]], maxlen=14), verbose=0))
