"""Sequences and the targets of their steps, filled up at different ends."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_labels import PaddedApart
from traindx.facts.findings import NotApplicable
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe

LEAST_ROWS, LEAST_LENGTHS = 20, 3
FILLS = (0, -1, -100)
"""What fills targets up: the number of a padding class, or one that a loss is told to leave out."""


@probe
def padded_apart(training: Training, run: Observation) -> PaddedApart | NotApplicable:
    """Rows whose inputs are filled at one end and whose targets, by as many steps, at the other."""
    split = training.splits.get("train")
    if split is None or not split.y:
        return NotApplicable("no training targets were seen")
    y = split.y[0]
    for x in split.x:
        if x.ndim != 2 or x.dtype.kind not in "iuf" or y.shape[:2] != x.shape or y.ndim > 3 or y.dtype.kind not in "iuf":
            continue
        steps = y.reshape(*x.shape, -1)[..., 0] if y.ndim == 2 or y.shape[2] == 1 else None
        if steps is None:
            continue
        for fill in FILLS:
            found = _apart(x == 0, steps == fill)
            if found is not None:
                return PaddedApart(found[0], found[1], x.shape[1], found[2])
    return NotApplicable("no sequences with a target a step, both filled up")


def _apart(x: np.ndarray, y: np.ndarray) -> tuple[int, float, str] | None:
    """(padded rows, share that is padded apart, what is padded in front) of where inputs and targets are filled, (n, steps)."""
    (front_x, back_x), (front_y, back_y) = _ends(x), _ends(y)
    padded = ((front_x > 0) != (back_x > 0)) & (front_x < x.shape[1])
    if padded.sum() < LEAST_ROWS or len(np.unique((front_x + back_x)[padded])) < LEAST_LENGTHS:
        return None
    apart = (front_x == back_y) & (back_x == front_y)
    front = "inputs" if (front_x[padded] > 0).mean() > 0.5 else "targets"
    return int(padded.sum()), float(apart[padded].mean()), front


def _ends(filled: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many steps are filled from the front and from the back, (n,) each."""
    return np.cumprod(filled, axis=1).sum(axis=1), np.cumprod(filled[:, ::-1], axis=1).sum(axis=1)
