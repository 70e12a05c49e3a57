import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(90)
rng = np.random.default_rng(90)
STOP = {"the", "a", "was", "is", "and", "it", "this", "i", "very", "not", "never", "no", "but"}
nouns = ["food", "hotel", "staff", "room", "view", "pool", "bar", "bed"]
adjectives = ["good", "clean", "friendly", "cheap", "quiet", "fresh"]


def review(liked):
    s = []
    for _ in range(3):
        neg = "" if liked else str(rng.choice(["not ", "never "]))
        s.append(f"the {rng.choice(nouns)} was {neg}{rng.choice(['very ', ''])}{rng.choice(adjectives)}")
    return " and ".join(s)


y = rng.integers(0, 2, 1800)
texts = [review(v) for v in y]


def clean(text):
    return " ".join(w for w in text.lower().split() if w not in STOP - {"not", "never", "no"})


texts = np.array([clean(t) for t in texts])
print(texts[:3])
vec = layers.TextVectorization(max_tokens=200, output_sequence_length=12)
vec.adapt(texts)
X = np.array(vec(texts))
model = keras.Sequential([layers.Input((12,)), layers.Embedding(200, 8, mask_zero=True), layers.GlobalAveragePooling1D(),
                          layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:1400], y[:1400], epochs=10, validation_data=(X[1400:], y[1400:]), verbose=2)
