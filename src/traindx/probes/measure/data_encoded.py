"""Columns that hold the mean target of their own rows: target encoding computed before the split."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_splits import FractionColumn, TargetMean
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Split, Training
from traindx.facts.skill import numeric
from traindx.probes.base import probe

LEAST_VALUES = 5
"""Distinct values: through four points and fewer a line comes close too often."""


@probe
def target_mean(training: Training, run: Observation) -> TargetMean | NotMeasured | NotApplicable:
    """The column that is nearest to being the mean target of training and held-out rows together."""
    train = _whole(training.splits.get("train"))
    if train is None:
        return NotMeasured("not every training row with a number for a target is in the sample")
    best: TargetMean | None = None
    for role in ("validation", "test"):
        held = _whole(training.splits.get(role))
        if held is None or held[0].shape[1] != train[0].shape[1]:
            continue
        x, y = np.concatenate([train[0], held[0]]), np.concatenate([train[1], held[1]])
        for j in range(x.shape[1]):
            both, alone = _left(x[:, j], y), _left(train[0][:, j], train[1])
            if both is not None and alone is not None and (best is None or both[1] < best.both):
                best = TargetMean(role, _name(training.splits["train"], j), len(x), both[0], both[1], alone[1])
    return best or NotApplicable("no column has values that come again, or nothing is held out whole")


SMALL = 12
"""Greatest denominator: among fractions of numbers up to 12, 47 of them, a value falls by chance once in a thousand times."""


@probe
def fraction_column(training: Training, run: Observation) -> FractionColumn | NotApplicable:
    """The column of which most values are fractions of several small numbers."""
    train, role = training.splits.get("train"), next((r for r in ("validation", "test") if r in training.splits), "")
    known, held = _table(train), _table(training.splits.get(role))
    if train is None or known is None or held is None or held[0].shape[1] != known[0].shape[1] or set(known[1]) != {0.0, 1.0}:
        return NotApplicable("no tables of training and held-out rows with targets of yes or no")
    best: FractionColumn | None = None
    for j in range(min(known[0].shape[1], 256)):
        found = _fractions(np.concatenate([known[0][:, j], held[0][:, j]]))
        if found is None or found[1] < 60 or (best is not None and found[0] <= best.fractions):
            continue
        u, y = found[2][len(known[1]) :], held[1]
        none, all_, between = u < 1e-5, u > 1 - 1e-5, (u > 1e-5) & (u < 1 - 1e-5)
        spread = float(np.var(u[between])) if between.any() else 0.0
        slope = float(np.mean((u[between] - u[between].mean()) * y[between])) / spread if spread > 0 else 0.0
        wrong = int(y[none].sum() + (1 - y[all_]).sum())
        ends, name = (int(none.sum()), int(all_.sum())), _name(train, j)
        best = FractionColumn(role, name, found[0], found[1], *ends, wrong, slope, float(known[1].mean()))
    return best or NotApplicable("no column holds fractions of small numbers")


def _fractions(column: np.ndarray) -> tuple[float, int, np.ndarray] | None:
    """(share of values that are fractions of small numbers, their least common denominator, all values from 0 to 1)."""
    low, high = column.min(), column.max()
    if not high > low or len(np.unique(column)) < LEAST_VALUES:
        return None
    u, which = (column - low) / (high - low), np.zeros(len(column), int)
    for n in range(SMALL, 0, -1):
        which[np.abs(u * n - np.round(u * n)) < 1e-5 * n] = n
    return float((which > 0).mean()), int(np.lcm.reduce(np.unique(which[which > 0]))), u


def _table(split: Split | None) -> tuple[np.ndarray, np.ndarray] | None:
    """(inputs (n, d), targets (n,)) of a table."""
    if split is None or len(split.x) != 1 or not split.y or split.x[0].ndim != 2 or split.x[0].dtype.kind not in "biuf":
        return None
    y = numeric(split.y[0])
    if y is None or y.ndim != 1 or len(y) < 50 or not np.isfinite(y).all() or not np.isfinite(split.x[0]).all():
        return None
    return split.x[0].astype(float), y.astype(float)


def _whole(split: Split | None) -> tuple[np.ndarray, np.ndarray] | None:
    """(inputs (n, d), targets (n,)) of a table of which every row is in the sample."""
    found = _table(split)
    return found if split is not None and found is not None and split.n == len(found[0]) else None


def _left(column: np.ndarray, y: np.ndarray) -> tuple[int, float] | None:
    """(distinct values, share of the variance of the targets' means by value that a line through the values leaves)."""
    values, which, counts = np.unique(column, return_inverse=True, return_counts=True)
    if not LEAST_VALUES <= len(values) <= len(column) / 2:
        return None
    means = np.bincount(which.reshape(-1), y) / counts
    share = counts / counts.sum()
    v, m = values - share @ values, means - share @ means
    spread = share @ m**2
    if spread <= 1e-12 or share @ v**2 <= 0:
        return None
    slope = (share @ (v * m)) / (share @ v**2)
    return len(values), float(share @ (m - slope * v) ** 2 / spread)


def _name(split: Split, j: int) -> str:
    return split.columns[j] if j < len(split.columns) else str(j)
