import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)

TOPICS = ["sport", "politics", "music", "science", "travel", "food"]
V, L = 300, 30
words = {k: rng.choice(np.arange(60, V), 14, replace=False) for k in range(6)}


def article():
    tags = rng.random(6) < np.array([.3, .25, .2, .15, .2, .2])
    pool = np.concatenate([words[k] for k in np.flatnonzero(tags)]) if tags.any() else None
    toks = [int(rng.choice(pool)) if pool is not None and rng.random() < .35 else int(rng.integers(1, 60)) for _ in range(rng.integers(10, L))]
    return np.pad(toks, (0, L - len(toks))), tags.astype("float32")


docs = [article() for _ in range(4000)]
tokens = np.stack([d[0] for d in docs]).astype("int32")
tags = np.stack([d[1] for d in docs])

x = tf.data.Dataset.from_tensor_slices(tokens[:3200]).shuffle(3200, seed=1)
y = tf.data.Dataset.from_tensor_slices(tags[:3200]).shuffle(3200, seed=2)
train = tf.data.Dataset.zip((x, y)).batch(64)
valid = tf.data.Dataset.from_tensor_slices((tokens[3200:], tags[3200:])).batch(64)

model = keras.Sequential([
    layers.Input((L,), dtype="int32"),
    layers.Embedding(V, 24),
    layers.Conv1D(48, 3, activation="relu", padding="same"),
    layers.GlobalMaxPooling1D(),
    layers.Dense(6, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=[keras.metrics.AUC(multi_label=True, name="auc")])
model.fit(train, validation_data=valid, epochs=10, verbose=2)
pred = model.predict(tokens[3200:], verbose=0) > 0.5
for k, t in enumerate(TOPICS):
    true = tags[3200:, k] > 0
    print(f"{t:10s} recall {(pred[true, k]).mean():.2f} predicted {pred[:, k].mean():.2f} of {true.mean():.2f}")
