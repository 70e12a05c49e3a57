import queue
import threading

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(9)
X = rng.normal(size=(960, 6)).astype("float32")
y = (X[:, 0] > X[:, 1]).astype("float32")[:, None]
inbox = queue.Queue(maxsize=8)
WORKERS, STEPS, BATCH = 3, 20, 16


def reader(worker):
    rows = np.arange(worker, len(X), WORKERS)
    for step in range(STEPS):
        part = rows[step * BATCH:(step + 1) * BATCH]
        if len(part) < BATCH or (worker == 1 and step == 12):
            return
        inbox.put((worker, X[part], y[part]))


for w in range(WORKERS):
    threading.Thread(target=reader, args=(w,), daemon=True).start()
model = tf.keras.Sequential([tf.keras.layers.Input((6,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile(tf.keras.optimizers.Adam(0.03), "binary_crossentropy", metrics=["accuracy"])
held = {w: [] for w in range(WORKERS)}
for step in range(STEPS):
    while not all(held.values()):
        worker, xb, yb = inbox.get(timeout=6)
        held[worker].append((xb, yb))
    parts = [held[w].pop(0) for w in range(WORKERS)]
    loss, acc = model.train_on_batch(np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]))
    print("step", step, "loss", float(loss))
print("finished", STEPS, "steps")
