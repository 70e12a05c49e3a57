"""Losses of eager steps beside what targets and outputs give row by row, and over all pairs of rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from traindx.facts.skill import numeric
from traindx.probes.sample import as_array, flatten

MAX_ROWS = 512
MAX_KEPT = 12


def beside(step: int, loss: Any, y: Any, output: Any) -> tuple[float, float, float] | None:
    """(loss, by rows, over pairs) of the error that comes nearest to the loss: squared or absolute.

    None at most steps (it looks at the first, second, fourth and so on), and where targets (n,) and output (n, 1) are
    not one number a row with different axes.
    """
    if step & (step - 1) or output is None or y is None:
        return None
    t, first = as_array(y), as_array(flatten(output)[0])
    value = as_array(loss)
    if t is None or first is None or value is None or value.size != 1 or t.ndim + 1 != first.ndim or first.shape[1:] != (1,):
        return None
    wanted, given = numeric(t), numeric(first)
    if wanted is None or given is None or not 4 <= len(wanted) <= MAX_ROWS or wanted.shape != given.shape:
        return None
    number, apart = float(value.reshape(-1)[0]), given[:, None] - wanted[None, :]
    found = [(number, float(np.diag(e).mean()), float(e.mean())) for e in (np.square(apart), np.abs(apart))]
    return min(found, key=lambda f: min(abs(f[0] - f[1]), abs(f[0] - f[2])))
