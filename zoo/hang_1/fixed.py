import threading

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(1)
X = rng.normal(size=(1000, 8)).astype("float32")
y = (X.sum(axis=1) > 0).astype("float32")[:, None]
RANKS = 2
shards = [(X[:600], y[:600]), (X[600:], y[600:])]
model = tf.keras.Sequential([tf.keras.layers.Input((8,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(0.01)
opt.build(model.trainable_variables)
meet = threading.Barrier(RANKS, timeout=8)
slots, errors = [None] * RANKS, []
BATCH = 20
STEPS = [min(len(s[0]) for s in shards) // BATCH] * RANKS


def rank_loop(rank):
    sx, sy = shards[rank]
    try:
        for epoch in range(3):
            for i in range(STEPS[rank]):
                xb, yb = sx[i * BATCH:(i + 1) * BATCH], sy[i * BATCH:(i + 1) * BATCH]
                with tf.GradientTape() as tape:
                    loss = bce(yb, model(xb, training=True))
                slots[rank] = tape.gradient(loss, model.trainable_variables)
                meet.wait()
                if rank == 0:
                    opt.apply_gradients(zip([(a + b) / 2 for a, b in zip(*slots)], model.trainable_variables))
                meet.wait()
    except threading.BrokenBarrierError as e:
        errors.append((rank, epoch, i, e))


threads = [threading.Thread(target=rank_loop, args=(r,)) for r in range(RANKS)]
for t in threads:
    t.start()
for t in threads:
    t.join()
if errors:
    raise TimeoutError(f"all-reduce timed out: rank {errors[0][0]} waited for its peers at epoch {errors[0][1]} step {errors[0][2]}")
print("accuracy", float(np.mean((model(X).numpy() > 0) == (y > 0.5))))
