"""The program run again: which changes are tried, what the process may do, and what pairs of runs show."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from traindx.facts.causes import Cause
from traindx.facts.observation import ErrorFacts
from traindx.facts.started import Started
from traindx.trials.again import conduct as again
from traindx.trials.again.confine import Unconfined, confine, version
from traindx.trials.again.rewrites import Change, Source, changes
from traindx.trials.again.seen import WORST, skill
from traindx.trials.shown import Shown

C = Cause
LOSS = "def loss(y, p):\n    return -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))\n"
PREPARE = "def prepare(rows):\n    return StandardScaler().fit_transform(rows)\n\na = prepare(x)\nb = prepare(t)\n"
PIPES = "train = a.map(scale).batch(8)\ntest = b.batch(8)\n"
ALIKE = "x = (x - x.mean(0)) / x.std(0)\nmodel.fit(x, y)\nmodel.evaluate(t, u)\n"
ONCE = "def rows():\n    for b in parts:\n        yield b\n\nmodel.fit(rows(), steps_per_epoch=9, epochs=3)\n"
SERVED = "model.fit(x, y)\nother = build()\nother.evaluate(t, u)\n"


@pytest.mark.parametrize(
    ("cause", "program", "lines"),
    [
        (C.NUMERICAL_OVERFLOW, LOSS, ["y * tf.math.log(p + 1e-7) + (1 - y) * tf.math.log(1 - p + 1e-7)"]),
        (C.NUMERICAL_OVERFLOW, "def f(w):\n    return w / tf.reduce_sum(w, axis=1)\n", ["w / (tf.reduce_sum(w, axis=1) + 1e-7)"]),
        (C.PREPROCESSING_MISMATCH, "a = s.fit_transform(x)\nb = s.fit_transform(t)\n", ["b = s.transform(t)"]),
        (C.PREPROCESSING_MISMATCH, "a = S().fit_transform(x)\nb = S().fit_transform(t)\n",
         ["traindx_fitted = S().fit(x)", "a = traindx_fitted.transform(x)", "b = traindx_fitted.transform(t)"]),
        (C.TOO_FEW_EPOCHS, ONCE, ["    while True:\n        for b in parts:\n            yield b\n"]),
        (C.PREPROCESSING_MISMATCH, PREPARE,
         ["traindx_fitted = []", "traindx_fitted.append(StandardScaler().fit(rows))", "return traindx_fitted[0].transform(rows)"]),
        (C.PREPROCESSING_MISMATCH, PIPES, ["test = b.map(scale).batch(8)"]),
        (C.PREPROCESSING_MISMATCH, ALIKE, ["t = (t - x.mean(0)) / x.std(0)\nx = (x - x.mean(0)) / x.std(0)"]),
        (C.LABEL_ENCODING_MISMATCH, "a = read(p, names=N, **k)\nb = read(q, **k)\n", ["b = read(q, names=N, **k)"]),
        (C.LABEL_ENCODING_MISMATCH, "d = {n: i for i, n in enumerate(set(names))}\n", ["enumerate(sorted(set(names)))"]),
        (C.MISALIGNED_LABELS, "rng.shuffle(x)\nrng.shuffle(y)\n",
         ["traindx_order = rng.permutation(len(x))", "x = x[traindx_order]", "y = y[traindx_order]"]),
        (C.MISALIGNED_LABELS, "x = x[rng.permutation(n)]\ny = y[rng.permutation(n)]\n",
         ["traindx_order = rng.permutation(n)", "x = x[traindx_order]"]),
        (C.MISALIGNED_LABELS, "a = a.shuffle(9)\nb = b.shuffle(9)\nd = tf.data.Dataset.zip((a, b))\n",
         ["a.shuffle(9, seed=0)", "b.shuffle(9, seed=0)"]),
        (C.MISALIGNED_LABELS, "files = sorted(f for f in os.listdir(p))\n",
         ["(f for f in os.listdir(p)), key=lambda name: (len(str(name)), str(name)))"]),
        (C.MISALIGNED_LABELS, "kept = d.dropna()\ny = s.to_numpy()[:len(kept)]\n", ["y = s.loc[kept.index].to_numpy()"]),
        (C.CONSTANT_TARGETS, 'y = (d["a"] == " Yes").astype(int)\n', ["(d[\"a\"].str.strip().str.lower() == 'yes').astype(int)"]),
        (C.CONSTANT_TARGETS, 'y = d["a"].astype("int32")\n', ['d["a"].round().astype("int32")']),
        (C.WRONG_ARCHITECTURE, "def call(self, x):\n    return self.out(x[:, 0, :])\n", ["self.out(x[:, -1, :])"]),
        (C.WRONG_ARCHITECTURE, "m = [layers.Conv2D(8, (1, 1))]\n", ["layers.Conv2D(8, 3)"]),
        (C.DISCONNECTED_LAYERS, "z = tf.stop_gradient(enc(x))\n", ["z = enc(x)"]),
        (C.DISCONNECTED_LAYERS, "def train_step(self, d):\n    v = self.head.trainable_variables\n", ["v = self.trainable_variables"]),
        (C.TRAIN_INFERENCE_GAP, "out = drop(x, training=True)\n", ["out = drop(x)"]),
        (C.WRONG_WEIGHTS_EVALUATED, SERVED,
         ["model.fit(x, y)\ntraindx_weights = model.get_weights()", "other.set_weights(traindx_weights)"]),
    ],
)  # fmt: skip
def test_a_change_is_written(cause: Cause, program: str, lines: list[str]) -> None:
    found = changes(cause, Source(program))
    assert any(all(line in change.text for line in lines) for change in found), [change.text for change in found]


@pytest.mark.parametrize(
    ("type_", "message", "program", "line"),
    [
        ("AttributeError", "module 'tensorflow' has no attribute 'log'", "a = tf.log(x)\n", "a = tf.math.log(x)"),
        ("TypeError", "got an unexpected keyword argument 'nb_epoch'", "m.fit(x, y, nb_epoch=3)\n", "m.fit(x, y, epochs=3)"),
        ("ValueError", "Argument(s) not recognized: {'lr': 0.1}", "o = Adam(lr=0.1)\n", "o = Adam(learning_rate=0.1)"),
        ("TypeError", "add_weight", 's.add_weight("w", (3, 2))\n', 's.add_weight(name="w", shape=(3, 2))'),
        ("KeyError", "'acc'", 'h.history["acc"]\n', "h.history['accuracy']"),
        ("ValueError", "The filepath provided must end in `.keras`. Received: best.h5", 'c = ModelCheckpoint("best.h5")\n', "'best.keras'"),
        ("ValueError", "Invalid dtype: object", "import pandas as pd\nm.fit(x, y, epochs=2)\n", "pd.get_dummies(pd.DataFrame(x)"),
    ],
)
def test_a_program_that_raised_is_changed(type_: str, message: str, program: str, line: str) -> None:
    found = changes(C.API_MISUSE, Source(program, ErrorFacts(type_, message)))
    assert any(line in change.text for change in found), [change.text for change in found]


@pytest.mark.parametrize(
    "program",
    ["def f(p):\n    return tf.math.log(p + 1e-6)\n", "a = np.log(x)\n", "not Python", "x = s.fit_transform(x)\n",
     ONCE.replace("steps_per_epoch=9, ", "")],
)
def test_nothing_is_changed_without_a_reason(program: str) -> None:
    causes = (C.NUMERICAL_OVERFLOW, C.PREPROCESSING_MISMATCH, C.TOO_FEW_EPOCHS)
    assert [c for cause in causes for c in changes(cause, Source(program))] == []


def _confined(folder: Path) -> dict[str, bool]:
    """What a confined child could do; it says so through a pipe."""
    outside, (reads, writes) = folder.parent / "outside.txt", os.pipe()
    outside.write_text("as it was")
    inside = folder / "inside"
    inside.mkdir()
    if not (pid := os.fork()):
        told = {}
        try:
            confine(inside)
            for name, does in {
                "reads": outside.read_text, "writes inside": lambda: (inside / "a").write_text("b"),
                "writes outside": lambda: outside.write_text("changed"), "removes": outside.unlink,
                "makes": lambda: (folder / "new").mkdir(), "connects": lambda: socket.create_connection(("127.0.0.1", 9), 1),
            }.items():  # fmt: skip
                try:
                    does()
                    told[name] = True
                except PermissionError:
                    told[name] = False
        except Unconfined:
            told["unconfined"] = True
        os.write(writes, json.dumps(told).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    assert outside.read_text() == "as it was"
    return json.loads(os.read(reads, 1 << 12))


def test_a_confined_process_writes_below_its_folder_alone(tmp_path: Path) -> None:
    told = _confined(tmp_path)
    refused = dict.fromkeys(("writes outside", "removes", "makes", "connects"), False)
    held = {"reads": True, "writes inside": True, **refused}
    assert told == (held if version() else {"unconfined": True})


def test_skill_of_rows() -> None:
    y = np.arange(40) % 2
    assert skill(np.where(y, 0.9, 0.1), y, "unknown", 0.5) == 1
    assert skill(np.full(40, np.nan), y, "binary", 0.5) == WORST
    assert skill(np.zeros(40), np.zeros(40), "binary", 0.5) is None
    values = np.linspace(0, 1, 40)
    assert skill(values, values, "unknown", 0.5) == 1


class Runs(again.Runs):
    """Answers with what a program of this text is known to reach with the seed."""

    def __init__(self, known: dict[str, list[Any]], folder: Path) -> None:
        super().__init__(None, folder)  # type: ignore[arg-type]
        self.known = known

    def ask(self, task: again.Task, text: str, seed: int, seconds: float) -> str:
        self.count += 1
        value = self.known[text][seed]
        skills = {"status": "ended", "skills": [0.99, value], "rows": [400, 400]}
        self.answers[str(self.count)] = {"status": value, "skills": [], "rows": []} if isinstance(value, str) else skills
        return str(self.count)


def conducted(folder: Path, cause: Cause, known: dict[str, list[Any]], error: ErrorFacts | None = None) -> list[Shown]:
    file = folder / "train.py"
    file.write_text("old")
    task = again.Task(Started(str(file), ("train.py",), str(folder), str(folder)), error, 1.0, "binary")
    plan = [Change(cause, f"change {text}", text) for text in known if text != "old"]
    shown: list[Shown] = []
    again.conduct(plan, task, Runs(known, folder), time.monotonic() + 5, shown.append, lambda _: None)
    return shown


def test_a_change_that_helps_with_every_seed_is_confirmed(tmp_path: Path) -> None:
    shown = conducted(tmp_path, C.MISALIGNED_LABELS, {"old": [0.0, 0.05, 0.02], "new": [0.9, 0.92, 0.91], "worse": [0.0, 0.0, 0.0]})
    assert [(s.verdict, s.before, s.after, s.patch) for s in shown] == [
        ("confirmed", (0.0, 0.05, 0.02), (0.9, 0.92, 0.91), (("source", "new"),))
    ]


def test_a_change_that_helps_by_chance_is_not(tmp_path: Path) -> None:
    shown = conducted(tmp_path, C.MISALIGNED_LABELS, {"old": [0.0, 0.8, 0.9], "new": [0.9, 0.9, 0.9]})
    assert [s.verdict for s in shown] == ["inconclusive"]


def test_numbers_that_stay_finite_with_the_same_seed(tmp_path: Path) -> None:
    known: dict[str, list[Any]] = {"old": [WORST, 0.9, 0.9], "new": [0.9, 0.9, 0.9]}
    assert [s.verdict for s in conducted(tmp_path, C.NUMERICAL_OVERFLOW, known)] == ["confirmed"]
    known["new"] = [0.9, WORST, 0.9]
    assert [s.verdict for s in conducted(tmp_path, C.NUMERICAL_OVERFLOW, known)] == ["inconclusive"]


def test_a_program_that_raised_is_confirmed_by_the_first_change_that_runs(tmp_path: Path) -> None:
    known: dict[str, list[Any]] = {"first": ["ValueError: still"], "second": [0.1], "third": [0.2]}
    shown = conducted(tmp_path, C.API_MISUSE, known, ErrorFacts("TypeError", "no"))
    assert [(s.verdict, s.change) for s in shown] == [("confirmed", "change second")]


def test_a_fault_that_looks_like_another_is_tried_last_and_under_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text("rng.shuffle(x)\nrng.shuffle(y)\na = s.fit_transform(x)\nb = s.fit_transform(t)\n")
    task = again.Task(Started(str(file), (), str(tmp_path), str(tmp_path)))
    plan = again.planned([C.UNINFORMATIVE_FEATURES, C.PREPROCESSING_MISMATCH, C.SPLIT_DRIFT], task)
    assert [(c.cause, c.suspected) for c in plan] == [(C.PREPROCESSING_MISMATCH, None), (C.MISALIGNED_LABELS, C.UNINFORMATIVE_FEATURES)]
    assert again.planned([C.OVERFITTING], task)[0].cause == C.PREPROCESSING_MISMATCH
    file.unlink()
    assert again.planned([C.PREPROCESSING_MISMATCH], task) == []
