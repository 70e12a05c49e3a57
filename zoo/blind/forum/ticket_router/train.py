"""Support tickets -> department, averaged word vectors."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)
TOPICS = {
    "billing": "invoice refund charge card payment tax amount price".split(),
    "network": "router wifi slow signal outage cable modem speed".split(),
    "account": "password login email reset user profile locked name".split(),
    "delivery": "parcel courier late address box damaged tracking street".split(),
}
FILLER = "please help hello my the is since today again thanks i cannot with team customer yesterday why".split()


def write_ticket(topic):
    n = rng.integers(6, 15)
    words = []
    for _ in range(n):
        u = rng.random()
        if u < 0.3:
            words.append(rng.choice(TOPICS[topic]))
        elif u < 0.4:
            words.append(rng.choice(TOPICS[rng.choice(list(TOPICS))]))
        else:
            words.append(rng.choice(FILLER))
    return words


names = list(TOPICS)
y = rng.integers(0, 4, 3000)
docs = [write_ticket(names[k]) for k in y]
train_docs, test_docs = docs[:2400], docs[2400:]


def encode(documents, maxlen=16):
    ids = {}
    rows = np.zeros((len(documents), maxlen), dtype="int32")
    for r, words in enumerate(documents):
        for c, w in enumerate(words[:maxlen]):
            rows[r, c] = ids.setdefault(w, len(ids) + 1)
    return rows, len(ids) + 1


x_train, vocab_size = encode(train_docs)
x_test, _ = encode(test_docs)

model = tf.keras.Sequential([
    tf.keras.layers.Input((16,)),
    tf.keras.layers.Embedding(vocab_size, 16),
    tf.keras.layers.GlobalAveragePooling1D(),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(4, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y[:2400], validation_data=(x_test, y[2400:]), epochs=20, batch_size=32, verbose=2)
