"""Real models, a real child process: exports are exact, and nothing that a trial does reaches the program."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.keras

PROGRAM = """
import numpy as np, keras
keras.utils.set_random_seed(1)
rng = np.random.default_rng(0)
x = rng.normal(size=(400, 6)).astype("float32")
y = (x[:, 0] * x[:, 1] > 0).astype("float32")
x = x * np.array([1e4, 1e4, 1, 1, 1, 1], "float32")
scale = 1.0
def loss(a, b):
    return scale * keras.losses.binary_crossentropy(a, b)
model = keras.Sequential([keras.layers.Input((6,)), keras.layers.Lambda(lambda v: v * scale),
                          keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.SGD(RATE), loss, metrics=["accuracy"])
model.fit(x, y, epochs=15, verbose=0, validation_split=0.25)
print("sum", float(sum(abs(w).sum() for w in model.get_weights())))
"""
QUIET = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}


def run(folder: Path, program: str, budget: float, **more: str) -> tuple[dict, subprocess.CompletedProcess[str]]:
    script, report = folder / "train.py", folder / "report.json"
    script.write_text(program)
    command = [sys.executable, "-m", "traindx", "run", "-q", "--json", str(report), "--run", str(folder / "run"),
               "--budget", str(budget), str(script)]  # fmt: skip
    done = subprocess.run(command, cwd=folder, env={**QUIET, **more}, capture_output=True, text=True, timeout=300, check=False)
    return json.loads(report.read_text()), done


def kinds() -> dict[str, object]:
    import keras
    from keras import layers

    class Plain(keras.Model):
        def __init__(self, body: object) -> None:
            super().__init__()
            self.body, self.out = body, layers.Dense(2, activation="softmax")
            self.scale = lambda v: v * 2.0

        def call(self, x: object) -> object:
            return self.out(self.scale(self.body(x)))

    def functional() -> keras.Model:
        i = layers.Input((8,))
        d = layers.Dense(8, activation="relu", kernel_regularizer="l2", activity_regularizer="l1")
        x = layers.BatchNormalization()(keras.ops.relu(d(i)) * 2.0 + i)
        return keras.Model(i, layers.Dense(2, activation="softmax")(layers.Dropout(0.3)(layers.add([d(x), x]))))

    def recurrent() -> keras.Model:
        return keras.Sequential([layers.Input((8,)), layers.Reshape((4, 2)), layers.Bidirectional(layers.LSTM(6)),
                                 layers.Dense(2, activation="softmax")])  # fmt: skip

    def normalised() -> keras.Model:
        first = layers.Normalization()
        first.adapt(np.random.default_rng(0).normal(size=(64, 8)))
        return keras.Sequential([first, layers.GaussianNoise(0.1), layers.Dense(2, activation="softmax")])

    k = 3.0
    return {
        "functional": functional(), "recurrent": recurrent(), "normalised": normalised(),
        "subclassed": Plain(keras.Sequential([layers.Dense(8, activation="relu")])),
        "lambda": keras.Sequential([layers.Input((8,)), layers.Lambda(lambda v: v * k), layers.Dense(2, activation="softmax")]),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["functional", "recurrent", "normalised", "subclassed", "lambda"])
def test_a_copy_trains_bit_for_bit_like_the_model(name: str) -> None:
    from traindx.probes import export

    x = np.random.default_rng(0).normal(size=(64, 8)).astype("float32")
    y = (x[:, 0] > 0).astype("int32")
    model = kinds()[name]
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x, y, verbose=0)
    before = [w.copy() for w in model.get_weights()]
    data = export.dumps({"model": model, "optimizer": export._optimizer(model.optimizer)})
    loaded = pickle.loads(data)
    copy = loaded["model"]
    export.mend(copy)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))
    losses = []
    for each in (model, copy):
        each.compile(type(model.optimizer)(0.01), "sparse_categorical_crossentropy")
        for v in each.variables:
            if "seed" in v.path:
                v.assign(np.asarray([7, 7], "uint32"))
        losses.append([float(np.ravel(each.train_on_batch(x, y))[0]) for _ in range(5)])
    assert losses[0] == losses[1]


def test_a_fault_is_confirmed_and_the_program_is_untouched(tmp_path: Path) -> None:
    report, done = run(tmp_path, PROGRAM.replace("RATE", "0.05"), 45)
    assert done.returncode == 0
    alone = subprocess.run([sys.executable, "train.py"], cwd=tmp_path, env=QUIET, capture_output=True, text=True, check=False)
    assert done.stdout == alone.stdout
    confirmed = {f["cause"]: f for f in report["findings"] if f["status"] == "confirmed"}
    assert confirmed
    assert set(confirmed) <= {"unscaled-inputs", "learning-rate-too-high", "dead-units", "exploding-gradients"}
    trial = next(iter(confirmed.values()))["trial"]
    assert min(trial["after"]) > max(trial["before"])
    assert report["seconds"]["trials"] < 50
    assert not (tmp_path / "run" / "trial.pkl").exists()


def test_a_budget_too_short_for_the_child_is_kept(tmp_path: Path) -> None:
    report, done = run(tmp_path, PROGRAM.replace("RATE", "0.05"), 2)
    assert done.returncode == 0
    assert report["seconds"]["trials"] <= 2.5


def test_a_child_that_cannot_start_harms_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "site"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import sys\nif 'traindx.trials.child' in ' '.join(sys.orig_argv):\n    import os; os.abort()\n"
    )
    report, done = run(tmp_path, PROGRAM.replace("RATE", "0.05"), 30, PYTHONPATH=str(broken))
    assert done.returncode == 0
    assert report["findings"]
    assert not [f for f in report["findings"] if f["status"] == "confirmed"]
