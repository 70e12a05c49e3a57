"""Columns that hold the mean target of their own rows: target encoding computed before the split."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_splits import TargetMean
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


def _whole(split: Split | None) -> tuple[np.ndarray, np.ndarray] | None:
    """(inputs (n, d), targets (n,)) of a table of which every row is in the sample."""
    if split is None or len(split.x) != 1 or not split.y or split.x[0].ndim != 2 or split.x[0].dtype.kind not in "biuf":
        return None
    y = numeric(split.y[0])
    if y is None or y.ndim != 1 or split.n != len(split.x[0]) or not np.isfinite(y).all() or not np.isfinite(split.x[0]).all():
        return None
    return split.x[0].astype(float), y.astype(float)


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
