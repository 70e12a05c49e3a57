"""A program of several workers in one process does bit for bit the same under watch."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.workers.cluster import ENVIRONMENT

pytestmark = pytest.mark.keras
pytest.importorskip("tensorflow")

PROGRAM = """
import hashlib, threading
import numpy as np
import tensorflow as tf

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
tf.keras.utils.set_random_seed(3)
X = np.random.default_rng(0).normal(size=(230, 5)).astype("float32")
y = (X[:, :1] > 0).astype("float32")

def stamp(model):
    return hashlib.sha256(b"".join(w.tobytes() for w in model.get_weights())).hexdigest()

def build():
    return tf.keras.Sequential([tf.keras.layers.Input((5,)), tf.keras.layers.Dense(8), tf.keras.layers.BatchNormalization(),
                                tf.keras.layers.Dropout(0.2), tf.keras.layers.Dense(1, activation="sigmoid")])

strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
with strategy.scope():
    model = build()
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
rows = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(230, seed=2).batch(32)
history = model.fit(rows, epochs=2, validation_data=rows, verbose=0)
print(history.history, model.evaluate(rows, verbose=0), stamp(model))

workers = [build() for _ in range(2)]
workers[1].set_weights(workers[0].get_weights())
optimizers = [tf.keras.optimizers.Adam(0.01) for _ in workers]
loss_of = tf.keras.losses.BinaryCrossentropy()
for i in range(12):
    gradients = []
    for k, net in enumerate(workers):
        part = slice(16 * ((i + k) % 12), 16 * ((i + k) % 12) + 16)
        with tf.GradientTape() as tape:
            loss = loss_of(y[part], net(X[part], training=True)) + 0.0 * tf.random.uniform(())
        gradients.append(tape.gradient(loss, net.trainable_variables))
    mean = [(a + b) / 2 for a, b in zip(*gradients)]
    for net, optimizer in zip(workers, optimizers):
        optimizer.apply_gradients(zip(mean, net.trainable_variables))
    print(i, float(loss))
metric = tf.keras.metrics.BinaryAccuracy()
metric.update_state(y, workers[0](X))
print(*[stamp(net) for net in workers], float(metric.result()), float(tf.random.uniform(())), threading.active_count())
"""


def test_weights_random_numbers_and_output_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(PROGRAM)
    told = []
    for watch in ([], ["-m", "traindx", "run", "--budget", "0", "--quiet"]):
        done = subprocess.run(
            [sys.executable, *watch, "train.py"], cwd=tmp_path, env={**os.environ, **ENVIRONMENT}, capture_output=True, text=True,
            check=True, timeout=300)  # fmt: skip
        told.append(done.stdout)
    assert len(told[0].splitlines()) == 14
    assert told[0] == told[1]
