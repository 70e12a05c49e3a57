"""Programs of several workers under MultiWorkerMirroredStrategy. Each fault is one setting; the twin is the same program
without it. (Keras 3 refuses `fit` under this strategy; loops of the program's own train.)"""

from __future__ import annotations

LOOP = """
import json, os, time
import numpy as np
import tensorflow as tf

SETTINGS = {settings!r}
config = json.loads(os.environ["TF_CONFIG"])
me, n = config["task"]["index"], len(config["cluster"]["worker"])
strategy = tf.distribute.MultiWorkerMirroredStrategy()
rng = np.random.default_rng(0)
X = rng.normal(size=(640, 6)).astype("float32")
y = (X.sum(axis=1) > 0).astype("float32")[:, None]
LOCAL = 16

def per_worker(context):
    rows = tf.data.Dataset.from_tensor_slices((X, y))
    if SETTINGS.get("sharded", True):
        rows = rows.shard(n, SETTINGS.get("shard", me))
    if SETTINGS.get("few") and me == 1:
        rows = rows.take(SETTINGS["few"])
    return rows.shuffle(640, seed=1).repeat().batch(LOCAL)

def whole():
    rows = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(640, seed=1).repeat().batch(LOCAL * n)
    options = tf.data.Options()
    options.experimental_distribute.auto_shard_policy = getattr(tf.data.experimental.AutoShardPolicy, SETTINGS["policy"])
    return rows.with_options(options)

if SETTINGS.get("policy"):
    batches = iter(strategy.experimental_distribute_dataset(whole()))
else:
    batches = iter(strategy.distribute_datasets_from_function(per_worker))
tf.keras.utils.set_random_seed(SETTINGS.get("seed", 1) + (me if SETTINGS.get("alone") else 0))

def build():
    model = tf.keras.Sequential([tf.keras.layers.Input((6,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1)])
    return model, tf.keras.optimizers.SGD(0.3)

if SETTINGS.get("alone"):
    model, optimizer = build()
else:
    with strategy.scope():
        model, optimizer = build()
        optimizer.build(model.trainable_variables)
losses = tf.keras.losses.BinaryCrossentropy(from_logits=True, reduction="none")

def replica_step(xb, yb):
    with tf.GradientTape() as tape:
        each = losses(yb, model(xb, training=True))
        if SETTINGS.get("batch"):
            loss = tf.nn.compute_average_loss(each, global_batch_size=SETTINGS["batch"])
        else:
            loss = tf.reduce_mean(each) / n
        if SETTINGS.get("divide"):
            loss = loss / SETTINGS["divide"]
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss

@tf.function
def step(xb, yb):
    if SETTINGS.get("alone"):
        return replica_step(xb, yb)
    return strategy.reduce("SUM", strategy.run(replica_step, (xb, yb)), axis=None)

@tf.function
def step_within(iterator):
    return strategy.reduce("SUM", strategy.run(replica_step, next(iterator)), axis=None)

def local(value):
    return strategy.experimental_local_results(value)[0]

for i in range(SETTINGS.get("steps", 80)):
    if SETTINGS.get("slow") and me == 1:
        time.sleep(SETTINGS["slow"])
    if SETTINGS.get("stop") and me == 1 and i == SETTINGS["stop"]:
        open("stopped", "w").close()
        time.sleep(3600)
    if SETTINGS.get("within"):
        loss = step_within(batches)
        continue
    xb, yb = next(batches)
    loss = step(local(xb), local(yb)) if SETTINGS.get("alone") else step(xb, yb)
    if i % 20 == 0:
        print("step", i, float(loss), flush=True)
if SETTINGS.get("judge"):
    metric = tf.keras.metrics.BinaryAccuracy(threshold=0.0)
    order = np.argsort(-np.abs(X.sum(axis=1)), kind="stable")  # the easy rows first
    rows = np.array_split(order, n)[me] if SETTINGS["judge"] == "local" else np.arange(len(X))
    metric.update_state(y[rows], model(X).numpy()[rows])
    if me == 0:
        print("accuracy", float(metric.result()))
if SETTINGS.get("restore"):
    tf.keras.utils.set_random_seed(9)
    judged, _ = build()
    if me == 0 or SETTINGS["restore"] == "all":
        judged.set_weights(model.get_weights())
    metric = tf.keras.metrics.BinaryAccuracy(threshold=0.0)
    metric.update_state(y[me::n], judged(X[me::n]))
    print("worker", me, "accuracy", float(metric.result()))
"""


def program(**settings: object) -> str:
    """The loop with these settings; without any it is healthy."""
    return LOOP.replace("{settings!r}", repr(settings))
