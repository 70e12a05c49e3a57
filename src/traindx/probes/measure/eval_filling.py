"""Accuracies of models that name a class at each step, with and without the steps that only fill the rows."""

from __future__ import annotations

import numpy as np

from traindx.facts.evaluated import StepAccuracies
from traindx.facts.findings import NotApplicable
from traindx.facts.observation import Observation, Split, Training
from traindx.facts.skill import numeric
from traindx.probes.base import probe
from traindx.probes.measure.eval_loss import compiled_at

LEAST_STEPS = 200
STRAY, ALIKE = 0.01, 0.99
"""Share of the other steps where what fills rows may occur, and of the filling steps that have one and the same target."""
WORDS, OTHERS = ("acc", "correct", "hit"), ("top", "@", "_at_", "loss", "balanced")
EXACT = 0.01


@probe
def step_accuracies(training: Training, run: Observation) -> StepAccuracies | NotApplicable:
    """What the program logs of accuracy last, and what the last predictions have of it."""
    logs = training.curve.epochs
    for role, before in (("validation", "val_"), ("train", "")):
        names = [n for n in logs if n.startswith("val_") == (role == "validation") and accuracy_like(n) and logs[n]]
        split = training.splits.get(role)
        if split is None or not names:
            continue
        for k in range(min(len(split.y), len(split.predicted_end))):
            found = filled(split, k)
            if found is None:
                continue
            right, filling = found
            return StepAccuracies(
                role=role, steps=int((~filling).sum()), filling=float(filling.mean()), over_all=float(right.mean()),
                over_real=float(right[~filling].mean()), location=compiled_at(training),
                logged=tuple((n.removeprefix(before), float(logs[n][-1])) for n in names),
                others=tuple(n.removeprefix(before) for n in names if _otherwise(training, n.removeprefix(before), role, k, right)),
                own=tuple(m.name for m in training.model.metrics if m.custom),
            )  # fmt: skip
    return NotApplicable("no logged accuracy of targets that name a class at each step, in rows that are filled up")


def accuracy_like(name: str) -> bool:
    """Whether a log's name says accuracy."""
    name = name.lower()
    return any(w in name for w in WORDS) and not any(w in name for w in OTHERS)


def _otherwise(training: Training, name: str, role: str, k: int, right: np.ndarray) -> bool:
    """Whether the metric, called on the same predictions, gives another value than the share of all steps that are right."""
    for trial in training.evaluation.metrics if training.evaluation else ():
        if trial.name == name and trial.split == role and trial.output == k and trial.value is not None:
            return abs(trial.value - float(right[: trial.rows].mean())) > EXACT
    return False


def filled(split: Split, k: int) -> tuple[np.ndarray, np.ndarray] | None:
    """(which steps are predicted right, which only fill the row), (n, steps); None where nothing does or it is not known."""
    p, y = numeric(split.predicted_end[k]), numeric(split.y[k])
    if p is None or y is None or p.ndim != 3 or p.shape[2] < 2:
        return None
    if y.shape[1:] == p.shape[1:] and np.isin(y, (0, 1)).all() and (y.sum(axis=2) <= 1).all():
        y = y.argmax(axis=2)
    y = y[: len(p)]
    if y.shape != p.shape[:2] or not (np.isfinite(y).all() and np.isfinite(p).all()):
        return None
    filling = _filling([x[: len(p)] for x in split.x], y)
    if filling is None or (~filling).sum() < LEAST_STEPS:
        return None
    real = y[~filling]
    if real.min() < 0 or real.max() >= p.shape[2] or (real != np.round(real)).any():
        return None
    return p.argmax(axis=2) == y, filling


def _filling(inputs: list[np.ndarray], y: np.ndarray) -> np.ndarray | None:
    """Steps at the ends of rows whose inputs are all one value that is nowhere else, and whose targets are one class.

    Where no input has these steps (captions), by the targets alone."""
    best: np.ndarray | None = None
    beside = [s for x in inputs if (s := _steps(x, y.shape)) is not None]
    for values in beside or [y]:
        for fill in {_usual(values[:, -1]), _usual(values[:, 0]), 0.0}:
            here = values == fill
            ends = _ends(here)
            if not ends.any() or ends.all() or here[~ends].mean() > STRAY:
                continue
            alike = np.unique(y[ends], return_counts=True)[1].max() >= ALIKE * ends.sum()
            if alike and (best is None or ends.sum() > best.sum()):
                best = ends
    return best


def _usual(values: np.ndarray) -> float:
    """The most frequent value, NaN left out."""
    kinds, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    return float(kinds[counts.argmax()]) if len(kinds) else 0.0


def _steps(x: np.ndarray, shape: tuple[int, ...]) -> np.ndarray | None:
    """One value a step, (n, steps): NaN where the features of a step differ; None where the inputs are no such sequences."""
    if x.ndim not in (2, 3) or x.shape[:2] != shape or x.dtype.kind not in "iuf":
        return None
    x = x.reshape(*shape, -1)
    return np.where((x == x[..., :1]).all(axis=2), x[..., 0], np.nan)


def _ends(here: np.ndarray) -> np.ndarray:
    """Runs of true values at the ends of rows."""
    back = np.logical_and.accumulate(here[:, ::-1], axis=1)[:, ::-1]
    return np.logical_and.accumulate(here, axis=1) | back
