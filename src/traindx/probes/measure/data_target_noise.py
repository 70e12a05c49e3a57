"""How far numeric targets are from what a cheap model says, on training and on held-out rows."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_labels import TargetNoise
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_lags import lagged
from traindx.probes.measure.data_learn import skill_of
from traindx.probes.measure.data_network import cheap, held_out_role, usable
from traindx.probes.measure.data_review import MOST, review
from traindx.probes.measure.data_view import view_of


@probe
def target_noise(training: Training, run: Observation) -> TargetNoise | NotMeasured | NotApplicable:
    """Errors of one cheap model of the training rows: leave-one-out there, and on held-out rows."""
    view = view_of(training)
    if view.task != "numbers":
        return NotApplicable("targets are not numbers")
    found, held = cheap(view), held_out_role(view)
    if found is None or held is None:
        return NotMeasured("no labelled training and held-out rows")
    if lagged(view):
        return NotApplicable("rows are windows of one series, which is calmer at some times than at others")
    rows, there = usable(view, "train"), usable(view, held)
    wanted, known = view.sheets[held].target.values[there], view.sheets["train"].target.values[rows]  # type: ignore[union-attr]
    if len(there) < 50 or wanted.shape[1:] != known.shape[1:]:
        return NotMeasured("fewer than 50 labelled held-out rows")
    said = found.predict(view.features(held)[there])
    missed = np.abs(known - found.loo).max(1)
    worst = np.argsort(-missed, kind="stable")[:MOST]
    given, other = ([f"{v[0]:.4g}" for v in values[worst]] for values in (known, found.loo))
    return TargetNoise(
        len(rows), float(np.median(np.abs(known - found.loo))), found.skill,
        len(there), float(np.median(np.abs(wanted - said))), skill_of(said, wanted),
        review(view.sheets["train"].split, rows[worst], given, other, np.zeros(len(worst))),
    )  # fmt: skip
