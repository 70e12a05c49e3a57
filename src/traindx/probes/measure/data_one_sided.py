"""Training rows that bear another label than held-out rows like them: one class is partly called another."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_labels import OneSidedLabels
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_learn import learn
from traindx.probes.measure.data_network import usable
from traindx.probes.measure.data_view import View, view_of

LEAST = 30


@probe
def one_sided_labels(training: Training, run: Observation) -> OneSidedLabels | NotMeasured | NotApplicable:
    """Of the classes, the one whose label training rows lack most, where a model of the held-out rows is sure of it."""
    view = view_of(training)
    if view.task != "classes" or len(view.class_values) > 20:
        return NotApplicable("targets are not a few classes")
    role = next((r for r in ("validation", "test") if r in view.sheets and len(usable(view, r)) >= 200), None)
    if role is None or "train" not in view.sheets or len(usable(view, "train")) < 200:
        return NotMeasured("fewer than 200 labelled rows in training or held out")
    held, known = usable(view, role), usable(view, "train")
    there, here = view.sheets[role].target, view.sheets["train"].target
    if there is None or here is None or there.codes is None or here.codes is None or there.coded.shape[1:] != here.coded.shape[1:]:
        return NotMeasured("the classes of a split are unknown")
    found = learn(view.features(role)[held], there.coded[held], 0)
    if found is None:
        return NotMeasured("no labelled held-out rows that vary")
    mine = _kept(found.predict(view.features("train")[known]), here.codes[known], found.loo)
    theirs = _kept(found.loo, there.codes[held], found.loo)
    if not mine.keys() & theirs.keys():
        return NotMeasured("the held-out rows do not tell any class for sure")
    lost = {c: theirs[c][0] - mine[c][0] for c in mine.keys() & theirs.keys()}
    worst = max(lost, key=lambda c: lost[c])
    return OneSidedLabels(
        role, _name(view, worst), mine[worst][1], theirs[worst][0], mine[worst][0],
        max((v for c, v in lost.items() if c != worst), default=1.0),
        float((here.codes[known] == worst).mean()), float((there.codes[held] == worst).mean()),
    )  # fmt: skip


def _kept(scores: np.ndarray, codes: np.ndarray, ruler: np.ndarray) -> dict[int, tuple[float, int]]:
    """Class: (share of the rows surely of it that bear its label, number of these rows). Sure are the surer half of `ruler`'s."""
    found: dict[int, tuple[float, int]] = {}
    for c in range(scores.shape[1]):
        limit = np.median(_margin(ruler)[ruler.argmax(1) == c]) if (ruler.argmax(1) == c).any() else np.inf
        sure = (scores.argmax(1) == c) & (_margin(scores) >= limit)
        if sure.sum() >= LEAST:
            found[c] = float((codes[sure] == c).mean()), int(sure.sum())
    return found


def _margin(scores: np.ndarray) -> np.ndarray:
    ranked = np.sort(scores, axis=1)
    return ranked[:, -1] - ranked[:, -2]


def _name(view: View, code: int) -> str:
    return str(view.class_values[code]) if code < len(view.class_values) else str(code)
