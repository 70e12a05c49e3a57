import os
import tempfile
import threading
import time

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(2)
WORKERS, ROWS, WIDTH = 4, 30000, 64
folder = tempfile.mkdtemp()
w_true = rng.normal(size=WIDTH)
for k in range(WORKERS):
    X = rng.normal(size=(ROWS, WIDTH)).astype("float32")
    save = np.savez_compressed if k == 2 else np.save
    y = (X @ w_true > 0).astype("float32")[:, None]
    save(os.path.join(folder, f"part{k}"), np.hstack([X, y]))
    test = (X[:500], y[:500])

model = tf.keras.Sequential([tf.keras.layers.Input((WIDTH,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(0.01)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
spent = np.zeros(WORKERS)
results = [None] * WORKERS


def read(worker, step, size=64):
    part = os.path.join(folder, f"part{worker}")
    table = np.load(part + ".npz")["arr_0"] if os.path.exists(part + ".npz") else np.load(part + ".npy", mmap_mode="r")
    rows = np.array(table[(step * size) % ROWS:][:size])
    return rows[:, :-1], rows[:, -1:]


@tf.function
def gradients(xb, yb):
    with tf.GradientTape() as tape:
        loss = bce(yb, model(xb, training=True))
    return tape.gradient(loss, model.trainable_variables)


def work(worker, step):
    began = time.perf_counter()
    results[worker] = gradients(*read(worker, step))
    spent[worker] += time.perf_counter() - began


start = time.perf_counter()
for step in range(30):
    threads = [threading.Thread(target=work, args=(w, step)) for w in range(WORKERS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    opt.apply_gradients(zip([tf.add_n(g) / WORKERS for g in zip(*results)], model.trainable_variables))
print("seconds per worker", spent.round(2), "total", round(time.perf_counter() - start, 2))
print("accuracy", float(np.mean((model(test[0]).numpy() > 0) == (test[1] > 0.5))))
