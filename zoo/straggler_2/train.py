import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(5)
WORKERS, BATCH, STEPS = 4, 32, 40
X = rng.normal(size=(4000, 8)).astype("float32")
y = (X.sum(1) > 0).astype("float32")[:, None]
regions = {0: "eu-west", 1: "eu-west", 2: "ap-south", 3: "eu-west"}
ROUND_TRIP = {"eu-west": 0.003, "ap-south": 0.140}
model = tf.keras.Sequential([tf.keras.layers.Input((8,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(2e-2)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
busy = np.zeros(WORKERS)


def download(rank, step):
    time.sleep(ROUND_TRIP[regions[rank]])
    rows = (np.arange(BATCH) + (step * WORKERS + rank) * BATCH) % 3500
    return X[rows], y[rows]


@tf.function
def gradients(xb, yb):
    with tf.GradientTape() as tape:
        loss = bce(yb, model(xb, training=True))
    return tape.gradient(loss, model.trainable_variables)


def worker(job):
    began = time.perf_counter()
    grads = gradients(*download(*job))
    busy[job[0]] += time.perf_counter() - began
    return grads


began = time.perf_counter()
with ThreadPoolExecutor(WORKERS) as pool:
    for step in range(STEPS):
        grads = list(pool.map(worker, [(r, step) for r in range(WORKERS)]))
        opt.apply_gradients(zip([tf.add_n(g) / WORKERS for g in zip(*grads)], model.trainable_variables))
total = time.perf_counter() - began
print("seconds busy per worker", busy.round(2), "of", round(total, 2), "rows per second", round(STEPS * WORKERS * BATCH / total))
print("accuracy", float(np.mean((model(X[3500:]).numpy() > 0) == (y[3500:] > 0.5))))
