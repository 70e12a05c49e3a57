import math
import numpy as np
import keras
from sklearn.metrics import precision_recall_fscore_support


class BeatSequence(keras.utils.PyDataset):
    def __init__(self, signals, labels, batch_size=32, seed=0, **kw):
        super().__init__(**kw)
        self.signals, self.labels, self.batch_size = signals, labels, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = self.rng.permutation(len(labels))

    def __len__(self):
        return math.ceil(len(self.labels) / self.batch_size)

    def __getitem__(self, k):
        j = self.order[k * self.batch_size:(k + 1) * self.batch_size]
        return self.signals[j], self.labels[j]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)


def beats(n, rng):
    t = np.linspace(0, 1, 64)
    kind = rng.choice(3, n, p=[0.6, 0.25, 0.15])
    x = np.zeros((n, 64, 1), "float32")
    for i, k in enumerate(kind):
        c = 0.5 + rng.normal(0, 0.05)
        width = 0.02 if k != 1 else 0.06
        s = np.exp(-((t - c) / width) ** 2) + 0.25 * np.exp(-((t - c - 0.25) / 0.06) ** 2) * (1 if k != 2 else -1)
        x[i, :, 0] = s * rng.uniform(0.7, 1.3) + 0.1 * np.sin(2 * np.pi * (t + rng.uniform())) + rng.normal(0, 0.12, 64)
    return x, kind


rng = np.random.default_rng(3)
keras.utils.set_random_seed(3)
xa, ya = beats(2400, rng)
xb, yb = beats(800, rng)
model = keras.Sequential([
    keras.layers.Input((64, 1)),
    keras.layers.Conv1D(12, 7, strides=2, activation="relu"),
    keras.layers.Conv1D(16, 5, strides=2, activation="relu"),
    keras.layers.GlobalMaxPooling1D(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
train_seq = BeatSequence(xa, ya)
test_seq = BeatSequence(xb, yb, seed=1)
model.fit(train_seq, validation_data=test_seq, epochs=12, verbose=2)
guess = model.predict(test_seq, verbose=0).argmax(1)
for name, v in zip(("precision", "recall", "f1"), precision_recall_fscore_support(yb, guess, average="macro", zero_division=0)):
    print(name, round(v, 3))
