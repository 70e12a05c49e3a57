"""What the held-out rows could teach: whether more rows of the same kind help, measured on rows that are there."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_labels import RowsOfMany
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_learn import learn, pick, skill_of
from traindx.probes.measure.data_network import held_out_role, network_skill, usable
from traindx.probes.measure.data_view import view_of
from traindx.probes.rowhash import row_hashes

MOST = 400
"""Rows that a cheap model is taught with."""
TIMES = 4
"""So many held-out rows for a training row: splits keep most rows for training, and fewer are no larger source."""
DRAWS = 3


@probe
def rows_of_many(training: Training, run: Observation) -> RowsOfMany | NotMeasured | NotApplicable:
    """A cheap model taught with the training rows, with as many held-out rows, and with half of all held-out rows."""
    view = view_of(training)
    held = held_out_role(view)
    if held is None or "train" not in view.sheets or view.sheets["train"].target is None:
        return NotMeasured("no labelled training and held-out rows")
    here, there = view.sheets["train"], view.sheets[held]
    rows, others = usable(view, "train"), usable(view, held)
    once = rows[np.unique(row_hashes(tuple(a[rows] for a in here.split.x)), return_index=True)[1]]
    train = training.splits["train"]
    distinct = len(np.unique(train.hashes)) if train.hashes is not None and train.hashed_whole else len(once)
    if TIMES * distinct > there.total or distinct > len(once) or TIMES * distinct > len(others):
        return NotApplicable("the training rows are no small part of the rows that are there")
    x, y = view.features("train")[once], here.target.coded[once]  # type: ignore[union-attr]
    far, wanted = view.features(held)[others], there.target.coded[others]  # type: ignore[union-attr]
    if y.shape[1:] != wanted.shape[1:] or x.shape[1:] != far.shape[1:]:
        return NotMeasured("training and held-out rows differ in shape")
    found = []
    for seed in range(DRAWS):
        order = np.random.default_rng(seed).permutation(len(others))
        half, rest = order[: len(order) // 2], order[len(order) // 2 :]
        taught = [(x, y), (far[half[: len(once)]], wanted[half[: len(once)]]), (far[half], wanted[half])]
        found.append([_skill(a, b, far[rest], wanted[rest]) for a, b in taught])
    if any(s is None for scores in found for s in scores):
        return NotMeasured("too few rows for a cheap model")
    here_, few, many = np.median(np.array(found, float), axis=0)
    return RowsOfMany(
        distinct, there.total, min(MOST, len(others) // 2), float(here_), float(few), float(many),
        network_skill(view, "train"), network_skill(view, held), train.location,
    )  # fmt: skip


def _skill(x: np.ndarray, y: np.ndarray, far: np.ndarray, wanted: np.ndarray) -> float | None:
    some = pick(len(x), MOST)
    made = learn(x[some], y[some], 0)
    return None if made is None else skill_of(made.predict(far), wanted)
