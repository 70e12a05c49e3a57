"""Distances between two samples, column by column. NumPy only."""

from __future__ import annotations

import numpy as np

# A factor and offset that people apply, and what they call it.
KNOWN_MAPS: tuple[tuple[str, float, float], ...] = (
    *(
        (f"x * {c:g}", c, 0.0)
        for c in (255.0, 256.0, 127.5, 100.0, 1000.0, 10.0, 16.0, 15.0, 8.0, 60.0, 2.0, 1e6, -1.0)
    ),
    *((f"x / {c:g}", 1 / c, 0.0) for c in (255.0, 256.0, 127.5, 100.0, 1000.0, 10.0, 16.0, 15.0, 8.0, 60.0, 2.0, 1e6)),
    ("degrees to radians", np.pi / 180, 0.0),
    ("radians to degrees", 180 / np.pi, 0.0),
    ("x / 127.5 - 1", 1 / 127.5, -1.0),
    ("(x + 1) * 127.5", 127.5, 127.5),
    ("x / 255 - 0.5", 1 / 255, -0.5),
    ("2 x - 1", 2.0, -1.0),
    ("(x + 1) / 2", 0.5, 0.5),
    ("x - 0.5", 1.0, -0.5),
    ("1 - x", -1.0, 1.0),
    ("255 - x", -1.0, 255.0),
    ("1 - x / 255", -1 / 255, 1.0),
    ("255 (1 - x)", -255.0, 255.0),
    ("x / 8 - 1", 1 / 8, -1.0),
    ("Celsius to Fahrenheit", 1.8, 32.0),
)


def noise_unit(n: int, m: int) -> float:
    """Standard size of a two-sample Kolmogorov-Smirnov distance for n and m rows of one population."""
    return float(np.sqrt((n + m) / (n * m)))


def ks(a: np.ndarray, b: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Kolmogorov-Smirnov distances (d,) between the columns of (n, d) and (m, d); ties and NaN (left out) are fine.

    `weights` (n,), of sum 1: how much each row of a counts.
    """
    n, m = (~np.isnan(a)).sum(0), (~np.isnan(b)).sum(0)
    both = np.concatenate([a, b])
    order = np.argsort(both, axis=0, kind="stable")
    ordered = np.take_along_axis(both, order, axis=0)
    up = 1.0 / np.maximum(1, n) if weights is None else np.append(weights, np.zeros(len(b)))[order]
    steps = np.where(order < len(a), up, -1.0 / np.maximum(1, m))
    steps = np.where(np.isnan(ordered), 0.0, steps)
    gap = np.abs(np.cumsum(steps, axis=0))
    last = np.ones_like(gap, bool)
    last[:-1] = ordered[1:] != ordered[:-1]
    return np.where((n > 0) & (m > 0), np.where(last, gap, 0.0).max(0), 0.0)


def mid_ranks(x: np.ndarray) -> np.ndarray:
    """Ranks (n, d) within each column, from 0 to 1; equal values share their mean rank."""
    ranks = np.empty(x.shape)
    for j in range(x.shape[1]):
        _, which, counts = np.unique(x[:, j], return_inverse=True, return_counts=True)
        ranks[:, j] = (np.cumsum(counts) - counts / 2)[which] / max(1, len(x))
    return ranks


def finite(x: np.ndarray) -> np.ndarray:
    """(n, d) float64 with infinities as NaN."""
    x = x.astype(float)
    return np.where(np.isfinite(x), x, np.nan)


def still_rows(table: np.ndarray) -> bool:
    """Whether all rows of (n, d) are the same."""
    return bool((table == table[:1]).all())


def coincide(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Share (d,) of values of b's columns that stand exactly (as float32) among a's."""
    a, b = a.astype(np.float32), b.astype(np.float32)
    return np.array([np.isin(b[:, j], a[:, j]).mean() for j in range(a.shape[1])])


def many_valued(x: np.ndarray, least: int = 20) -> np.ndarray:
    """Which columns (d,) hold at least `least` different finite values, none of them in over half of the rows."""
    ordered = np.sort(x, axis=0)
    changes = ((ordered[1:] != ordered[:-1]) & np.isfinite(ordered[1:])).sum(0) + 1
    half = max(1, len(x) // 2)
    stuck = (ordered[: len(x) - half] == ordered[half:]).any(0)
    return (changes >= least) & ~stuck


def auc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve of scores (n,) for flags (n,); ties count half."""
    values, which, counts = np.unique(scores, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    ranks = middle[which]
    p, q = int(positive.sum()), int((~positive).sum())
    return float((ranks[positive].sum() - p * (p + 1) / 2) / max(1, p * q)) if len(values) else 0.5
