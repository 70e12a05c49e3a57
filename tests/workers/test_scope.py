"""Models and optimizers inside and outside of a strategy's scope, in real programs on two logical processors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.workers.cluster import ENVIRONMENT

from traindx.facts.diagnosis import Diagnosis
from traindx.facts.runlog import read_run
from traindx.facts.settings import Settings
from traindx.session import judge

pytestmark = pytest.mark.keras
pytest.importorskip("tensorflow")

PROGRAM = """
import contextlib
import keras
import numpy as np
import tensorflow as tf

MODEL_IN, COMPILE_IN, FIT_IN, OPTIMIZER = SETTINGS
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
keras.utils.set_random_seed(3)
X = np.random.default_rng(0).normal(size=(640, 6)).astype("float32")
y = (X.sum(axis=1) > 0).astype("float32")

def scope(inside):
    return strategy.scope() if inside else contextlib.nullcontext()

with scope(MODEL_IN):
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
with scope(COMPILE_IN):
    decay = keras.optimizers.schedules.ExponentialDecay(1.0, 100, 0.9)
    optimizer = keras.optimizers.Adam(0.02) if OPTIMIZER == "adam" else keras.optimizers.SGD(decay)
    model.compile(optimizer, "binary_crossentropy")
with scope(FIT_IN):
    model.fit(X, y, batch_size=32, epochs=12, verbose=0)
print("trained")
"""


def run(folder: Path, *settings: object, watch: bool = True) -> subprocess.CompletedProcess[str]:
    (folder / "train.py").write_text(PROGRAM.replace("SETTINGS", repr(settings)))
    ours = ["-m", "traindx", "run", "--quiet", "--budget", "0", "--run", str(folder / "run")] if watch else []
    return subprocess.run([sys.executable, *ours, "train.py"], cwd=folder, env={**os.environ, **ENVIRONMENT}, capture_output=True,
                          text=True, timeout=300, check=False)  # fmt: skip


def judged(folder: Path) -> Diagnosis:
    return judge(read_run(folder / "run"), Settings())


def line_of(text: str) -> int:
    return next(i + 1 for i, line in enumerate(PROGRAM.splitlines()) if text in line)


@pytest.mark.parametrize(
    ("settings", "at"),
    [((False, True, False, "adam"), "model = keras"), ((False, True, True, "adam"), "model = keras"),
     ((True, False, False, "adam"), "optimizer = keras")],
)  # fmt: skip
def test_what_was_made_outside_is_named_where_tensorflow_refuses(tmp_path: Path, settings: tuple[object, ...], at: str) -> None:
    watched, plain = run(tmp_path, *settings), run(tmp_path, *settings, watch=False)
    assert watched.returncode == plain.returncode == 1
    assert watched.stderr.splitlines()[-1].partition("object at")[0] == plain.stderr.splitlines()[-1].partition("object at")[0]
    found = judged(tmp_path)
    assert [f.cause.value for f in found.alarms] == ["api-misuse"]
    assert found.findings[0].check == "variables-outside-scope"
    assert found.findings[0].location is not None
    assert found.findings[0].location.line == line_of(at)


def test_a_strategy_that_no_model_is_built_in(tmp_path: Path) -> None:
    assert run(tmp_path, False, False, False, "adam").returncode == 0
    found = judged(tmp_path)
    assert [f.cause.value for f in found.alarms] == ["idle-accelerator"]
    assert "no model was built in its scope" in found.findings[0].message


def test_an_optimizer_outside_that_counts_twice_is_a_note_where_training_works(tmp_path: Path) -> None:
    assert run(tmp_path, True, False, False, "sgd").returncode == 0
    found = judged(tmp_path)
    assert found.alarms == ()
    note = next(f for f in found.findings if f.check == "variables-outside-scope")
    assert "counts 2 iterations a step; ExponentialDecay runs that much faster" in note.message


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_all_inside(tmp_path: Path, optimizer: str) -> None:
    assert run(tmp_path, True, True, False, optimizer).stdout.endswith("trained\n")
    assert not [f for f in judged(tmp_path).findings if f.check == "variables-outside-scope" or f.severity.value != "note"]
