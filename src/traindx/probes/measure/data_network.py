"""The network's own predictions on the sampled rows, in the unit of the cheap model; and the cheap model itself."""

from __future__ import annotations

import numpy as np

from traindx.facts.data import Reach
from traindx.facts.findings import NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_learn import Learnt, learn, pick, skill_of
from traindx.probes.measure.data_view import View, flat, view_of

ROWS = 600
_SQUARED = ("mse", "mae", "huber", "log_cosh", "hinge", "squared_hinge")


def probabilities(view: View, role: str) -> np.ndarray | None:
    """The network's last outputs on the sampled rows as coded predictions (n, k): class probabilities or numbers.

    Rows that are not `covered` are NaN.
    """
    sheet = view.sheets.get(role)
    if sheet is None or sheet.target is None or not sheet.split.predicted_end:
        return None
    out = flat(np.asarray(sheet.split.predicted_end[0])).astype(float)
    if len(out) != sheet.n:
        return None
    loss = view.model.losses[0] if view.model.losses else None
    logits = bool(loss and loss.from_logits)
    k = sheet.target.coded.shape[1]
    with np.errstate(all="ignore"):
        if sheet.target.kind == "classes" and out.shape[1] == 1 and k == 2 and loss and loss.kind in _SQUARED:
            values = np.array(view.class_values, float)  # a regression on two numbers: how far along between them
            one = (out[:, 0] - values[0]) / (values[1] - values[0])
            return np.stack([1 - one, one], axis=1)
        if sheet.target.kind == "classes" and out.shape[1] == 1 and k == 2:
            one = 1 / (1 + np.exp(-out[:, 0])) if logits else out[:, 0]
            return np.stack([1 - one, one], axis=1)
        if sheet.target.kind == "classes" and logits:
            out = np.exp(out - out.max(1, keepdims=True))
            out /= out.sum(1, keepdims=True)
        elif sheet.target.kind == "many" and logits:
            out = 1 / (1 + np.exp(-out))
    if sheet.target.kind == "classes" and out.shape[1] > k and view.class_values == tuple(range(k)):
        out = out[:, :k]
    if sheet.target.kind == "classes" and out.shape[1] != k:
        values = np.array(view.class_values)
        inside = values.dtype.kind in "biuf" and (values >= 0).all() and (values < out.shape[1]).all()
        return out[:, values.astype(int)] if inside else None
    return out if out.shape[1] == k else None


def network_skill(view: View, role: str) -> float | None:
    """1 - squared error of the network over that of the training mean, on a split's sampled rows; None if unknown."""
    predicted, sheet = probabilities(view, role), view.sheets.get(role)
    if predicted is None or sheet is None or sheet.target is None:
        return None
    if not sheet.covered.any():
        return None
    if not np.isfinite(predicted[sheet.covered]).all():
        return -1.0
    wanted = sheet.target.coded
    train = view.sheets["train"].target if "train" in view.sheets else None
    centre = train.coded.mean(0) if train is not None else wanted.mean(0)
    good = np.isfinite(wanted).all(1) & sheet.covered
    return max(-1.0, skill_of(predicted[good], wanted[good], centre))


def within_skill(view: View, role: str) -> float | None:
    """As `network_skill`, of numbers, over the squared error of the split's own mean: what is explained within it."""
    sheet = view.sheets[role]
    if sheet.target is None or sheet.target.kind != "numbers":
        return None
    predicted = probabilities(view, role)
    if predicted is None or not sheet.covered.any() or not np.isfinite(predicted[sheet.covered]).all():
        return None
    good = np.isfinite(sheet.target.values).all(1) & sheet.covered
    return max(-1.0, skill_of(predicted[good], sheet.target.values[good]))


def held_out_role(view: View) -> str | None:
    """The split that speaks for unseen rows: validation, else test."""
    return next((r for r in ("validation", "test") if r in view.sheets and view.sheets[r].target is not None), None)


def usable(view: View, role: str, most: int = ROWS) -> np.ndarray:
    """Row numbers of at most `most` sampled rows with finite targets."""
    sheet = view.sheets[role]
    if sheet.target is None:
        return np.zeros(0, int)
    good = np.isfinite(sheet.target.coded).all(1)
    if sheet.target.codes is not None:
        good &= sheet.target.codes >= 0
    rows = np.flatnonzero(good)
    return rows[pick(len(rows), most)]


def cheap(view: View) -> Learnt | None:
    """The cheap model of the training rows, fitted once."""

    def fit() -> Learnt | None:
        if "train" not in view.sheets or view.sheets["train"].target is None:
            return None
        rows = usable(view, "train")
        return learn(view.features("train")[rows], view.sheets["train"].target.coded[rows])

    return view.once("cheap", fit)


@probe
def reach(training: Training, run: Observation) -> Reach | NotMeasured:
    """Fit the cheap model and set the network beside it."""
    view = view_of(training)
    found = cheap(view)
    if found is None:
        return NotMeasured("no labelled training rows that vary")
    held = held_out_role(view)
    return Reach(
        rows=len(found.x),
        task=view.task,
        cheap=found.skill,
        chance=found.chance,
        spread=found.spread,
        model=found.name,
        network=network_skill(view, "train"),
        held_out=network_skill(view, held) if held else None,
        columns=found.x.shape[1],
    )
