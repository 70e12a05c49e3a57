import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

data = load_digits()
perm = np.random.RandomState(1).permutation(1797)
X, Y = (data.data[perm] / 16).astype("float32"), data.target[perm]
train_x, train_y, test_x, test_y = X[:1400], Y[:1400], X[1400:], Y[1400:]
NUM_WORKERS, BATCH = 10, 4
by_label = np.argsort(train_y, kind="stable")
shards = np.array_split(by_label, NUM_WORKERS)


def worker_batches(worker_id, epoch):
    rows = shards[worker_id]
    rows = np.random.default_rng(epoch * 100 + worker_id).permutation(rows)
    for i in range(0, 130, BATCH):
        yield rows[i:i + BATCH]


model = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(48, activation="relu"), tf.keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
for epoch in range(10):
    for parts in zip(*(worker_batches(w, epoch) for w in range(NUM_WORKERS))):
        rows = np.concatenate(parts)
        logs = model.train_on_batch(train_x[rows], train_y[rows], return_dict=True)
    print("epoch", epoch + 1, {k: round(float(v), 3) for k, v in logs.items()})
print("test", model.evaluate(test_x, test_y, verbose=0))
