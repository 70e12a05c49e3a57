import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential, utils
from tensorflow.keras.layers import TextVectorization

utils.set_random_seed(13)
rng = np.random.default_rng(13)
queues = ["billing", "delivery", "login", "returns"]
syllables = ["ka", "lo", "mi", "ten", "ra", "su", "pel", "vor", "ni", "dra", "ex", "um", "tor", "bi", "sha"]
vocabulary = sorted({"".join(rng.choice(syllables, rng.integers(2, 5))) for _ in range(1600)})
base = rng.dirichlet(np.full(len(vocabulary), 0.6))
topic = [0.82 * base + 0.18 * rng.dirichlet(np.full(len(vocabulary), 0.15)) for _ in queues]


def write_tickets(n):
    labels = rng.integers(0, len(queues), n)
    texts = [" ".join(rng.choice(vocabulary, rng.integers(25, 60), p=topic[k])) for k in labels]
    return np.array(texts, dtype=object), labels


train_text, train_y = write_tickets(4000)
test_text, test_y = write_tickets(1000)

vectorize = TextVectorization(max_tokens=1500, output_mode="int", output_sequence_length=60)


def encode(texts):
    vectorize.adapt(texts)
    return vectorize(tf.constant(texts.astype(str))).numpy()


x_train = encode(train_text)
x_test = encode(test_text)
print("train", x_train.shape, "test", x_test.shape, "vocabulary", vectorize.vocabulary_size())

model = Sequential([
    layers.Input((60,), dtype="int64"),
    layers.Embedding(1500, 24),
    layers.GlobalAveragePooling1D(),
    layers.Dense(4, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(5e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, train_y, batch_size=64, epochs=8, validation_split=0.1, verbose=2)
loss, acc = model.evaluate(x_test, test_y, verbose=0)
print("test loss", loss, "test accuracy", acc)
