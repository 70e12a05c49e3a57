"""Steps of replicas in one process are looked into: bit for bit the same training, the numbers of one device."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from tests.workers.cluster import ENVIRONMENT

pytestmark = pytest.mark.keras
pytest.importorskip("tensorflow")

PROGRAM = """
import contextlib, json
import numpy as np
import tensorflow as tf
import keras
from keras import layers
from traindx.probes.attach import attach_keras
from traindx.probes.observe import rows_of
from traindx.probes.recorder import Recorder
from traindx.probes.taps import schedule, state

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
x = np.random.default_rng(0).normal(size=(230, 5)).astype("float32")
y = (x[:, :1] > 0).astype("float32")
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])

def train(scope, noisy, inside=False, eager=False):
    keras.utils.set_random_seed(3)
    with scope:
        extra = [layers.BatchNormalization(), layers.Dropout(0.2)] if noisy else []
        model = keras.Sequential([layers.Input((5,)), layers.Dense(8, activation="relu"), *extra, layers.Dense(1, activation="sigmoid")])
        model.compile(keras.optimizers.SGD(0.1), "binary_crossentropy", metrics=["accuracy"], run_eagerly=eager)
        if inside:
            model.fit(x, y, batch_size=32, epochs=2, verbose=0, shuffle=False)
    if not inside:
        model.fit(x, y, batch_size=32, epochs=2, verbose=0, shuffle=False)
    values = [*model.variables, *model.optimizer.variables, *model.metrics_variables]
    return model, lambda: [c.numpy().tolist() for v in values for c in state.plain(v)]

def watched(*given, **more):
    recorder = Recorder()
    patches = attach_keras(keras, recorder)
    try:
        model, now = train(*given, **more)
    finally:
        patches.restore()
    before, log = now(), next(iter(recorder.logs.values()))
    found = log.taps.finish(lambda: rows_of(log))
    return before, now(), found, recorder.notes

def facts(found):
    tables = {**found.layer, **found.variable, **{k: found.step[k] for k in ("loss", "prediction_mean")}}
    told = {"path": found.path, "missing": found.missing, "steps": found.steps.tolist()}
    return {**told, "tables": {k: v.tolist() for k, v in tables.items()}}

told = {}
for name, inside in (("short", False), ("placed", False), ("inside", True)):
    if name == "placed":
        schedule.LONG = schedule.WORTH = 0.0
        schedule.ALLOWANCE = 1e9
    bare = train(strategy.scope(), True, inside)[1]()
    before, after, found, notes = watched(strategy.scope(), True, inside)
    told[name] = {"same": bare == before == after, "notes": [n for n in notes if "could not" in n], **facts(found)}
told["mirrored"] = facts(watched(strategy.scope(), False)[2])
told["one device"] = facts(watched(contextlib.nullcontext(), False)[2])
told["eager"] = {"missing": watched(strategy.scope(), False, eager=True)[2].missing}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told() -> Any:
    """What the program found; logical devices are made before TensorFlow starts, so in a process of its own."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], env={**os.environ, **ENVIRONMENT}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(("name", "path"), [("short", "afterwards"), ("placed", "in-step"), ("inside", "in-step")])
def test_every_replica_is_the_same_bit_for_bit(told: Any, name: str, path: str) -> None:
    found = told[name]
    assert found["same"]
    assert found["notes"] == []
    assert (found["missing"], found["path"]) == ("", path)
    assert len(found["steps"]) >= 3


def test_the_numbers_are_those_of_one_device(told: Any) -> None:
    mirrored, single = told["mirrored"], told["one device"]
    assert mirrored["steps"][:3] == single["steps"][:3]
    for name, table in mirrored["tables"].items():
        np.testing.assert_allclose(table[:3], single["tables"][name][:3], rtol=1e-4, atol=1e-6, err_msg=name)


def test_eager_replicas_are_not_measured_and_say_why(told: Any) -> None:
    assert "replicas step eagerly" in told["eager"]["missing"]
