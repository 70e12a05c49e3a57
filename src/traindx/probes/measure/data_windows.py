"""Windows of a series that a training row continues by a few steps, on the other side of the split."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_splits import SharedWindows
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_closeness import held_role
from traindx.probes.measure.data_columns import many_valued
from traindx.probes.measure.data_view import flat, view_of
from traindx.probes.rowhash import row_hashes


@probe
def shared_windows(training: Training, run: Observation) -> SharedWindows | NotMeasured | NotApplicable:
    """Held-out windows that a training window continues by one to three steps."""
    view = view_of(training)
    role = held_role(view)
    if view.kind not in ("table", "sequence", "tokens") or view.image_shape:
        return NotApplicable("inputs are neither a table nor sequences")
    if role is None or "train" not in view.sheets:
        return NotMeasured("no held-out split with 15 rows")
    train, held = view.sheets["train"], view.sheets[role]
    shape = train.split.x[0].shape[1:]
    length = shape[0] if shape else 0
    if len(train.split.x) != 1 or length < 5 or held.split.x[0].shape[1:] != shape:
        return NotApplicable("rows are too short to be windows")
    if many_valued(train.table).mean() < 0.5:
        return NotApplicable("rows hold few different values")
    at = longest_series(train.table) if len(shape) == 1 else slice(0, length)
    a, b = (
        train.split.x[0][:, at].reshape(train.n, at.stop - at.start, -1),
        held.split.x[0][:, at].reshape(held.n, at.stop - at.start, -1),
    )
    best, step_found = np.zeros(held.n, bool), 0
    for step in (1, 2, 3):
        head, tail = b[:, :-step], b[:, step:]
        moving = flat(head).astype(float).std(1) > 0 if b.dtype.kind in "biuf" else np.ones(held.n, bool)
        follows = np.isin(row_hashes((head,)), row_hashes((a[:, step:],)))
        precedes = np.isin(row_hashes((tail,)), row_hashes((a[:, :-step],)))
        hit = (follows | precedes) & moving
        if hit.sum() > best.sum():
            best, step_found = hit, step
    sampled = min(1.0, train.n / max(1, train.total))
    border = 2 * max(1, step_found) / max(1, held.total)
    step = max(1, step_found)
    own = float(np.isin(row_hashes((a[:, :-step],)), row_hashes((a[:, step:],))).mean())
    return SharedWindows(role, held.n, float(best.mean()), border, sampled, at.stop - at.start, own)


DISTINCT = 0.3
"""Least share of different values in a column of a series."""


def longest_series(table: np.ndarray, least: int = 5) -> slice:
    """The longest stretch of columns each of which holds mostly values of the one before, in other rows: a series, beside
    which columns of another kind may stand; all columns where there is none of `least`. Columns of few values, as pixels
    are, hold each other's by chance."""
    distinct = np.array([len(np.unique(column)) for column in table.T])
    many = many_valued(table) & (distinct >= DISTINCT * len(table))
    follows = [
        many[j] and many[j + 1] and np.isin(table[:, j + 1], table[:, j]).mean() > 0.5
        for j in range(table.shape[1] - 1)
    ]
    best, start = slice(0, table.shape[1]), None
    longest = least - 1
    for j, on in enumerate([*follows, False]):
        start = j if on and start is None else start
        if not on and start is not None:
            if j - start + 1 > longest:
                best, longest = slice(start, j + 1), j - start + 1
            start = None
    return best
