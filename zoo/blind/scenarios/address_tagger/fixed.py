import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)
MAXLEN, TAGS = 60, ["PAD", "O", "STREET", "CITY", "ZIP"]
VOCAB = 900
STREETS, CITIES, ZIPS = np.arange(100, 300), np.arange(250, 420), np.arange(400, 480)


def sentence():
    toks, tags = [], []
    for _ in range(rng.integers(1, 4)):
        kind = rng.integers(1, 5)
        words = {1: np.arange(1, 900), 2: STREETS, 3: CITIES, 4: ZIPS}[int(kind)]
        length = rng.integers(1, 4)
        if kind in (2, 3) and rng.random() < 0.7:
            toks.append(20 + kind)          # a preposition
            tags.append(1)
        toks += list(rng.choice(words, length))
        tags += [kind] * length
    return toks, tags


def corpus(n):
    x, y = np.zeros((n, MAXLEN), "int32"), np.zeros((n, MAXLEN), "int32")
    for i in range(n):
        t, g = sentence()
        x[i, :len(t)], y[i, :len(t)] = t, g
    return x, y


x_train, y_train = corpus(2500)
x_val, y_val = corpus(600)


class TokenAccuracy(keras.metrics.Metric):
    def __init__(self, name="tag_acc"):
        super().__init__(name=name)
        self.hit = self.add_weight(name="hit", initializer="zeros")
        self.count = self.add_weight(name="count", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        good = ops.cast(ops.equal(ops.cast(y_true, "int64"), ops.cast(ops.argmax(y_pred, -1), "int64")), "float32")
        real = ops.cast(ops.not_equal(y_true, 0), "float32")
        self.hit.assign_add(ops.sum(good * real))
        self.count.assign_add(ops.sum(real))

    def result(self):
        return self.hit / self.count


inp = keras.Input((MAXLEN,), dtype="int32")
h = layers.Embedding(VOCAB, 16)(inp)
h = layers.Conv1D(32, 3, padding="same", activation="relu")(h)
h = layers.Dropout(0.2)(h)
model = keras.Model(inp, layers.Dense(len(TAGS), activation="softmax")(h))
model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(ignore_class=0), metrics=[TokenAccuracy()])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=12, batch_size=32, verbose=2)

pred = model.predict(x_val, verbose=0).argmax(-1)
for k in range(1, 5):
    print(TAGS[k], "recall %.3f" % (pred[y_val == k] == k).mean())
