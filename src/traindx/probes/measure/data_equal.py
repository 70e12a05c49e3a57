"""Equal rows on both sides of a split, against what a random split of the same rows would give. NumPy only."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

MOST = 60
"""Copies of one row beyond which its chance to stand on both sides is taken as 1."""


@dataclass(frozen=True)
class Twins:
    """Rows of the second side with an equal row on the first: `shared`, and `expected` of a random split.

    `leaked` is how many rows must have been copied across to explain the excess, `z` its standard deviations, and
    `all_apart` the chance that a random split parts every group of equal rows, where it did; else 1.
    """

    shared: int
    expected: float
    leaked: float
    z: float
    all_apart: float


def twins(known: np.ndarray, held: np.ndarray) -> Twins:
    """Compare row hashes (n,) and (m,) uint64.

    Under a random split each of the c copies of a row falls on the held side with p = m / (n + m), whatever the data:
    honest repetition needs no model. A row that was copied across turns a group of c - 1 into one of c that is
    always parted; groups are weighted by how much that says (pairs most, where single rows are the rule).
    """
    n, m = len(known), len(held)
    which, counts = np.unique(np.concatenate([known, held]), return_inverse=True, return_counts=True)[1:]
    over = np.bincount(which[n:], minlength=len(counts))
    p, groups = m / (n + m), counts > 1
    shared = int(over[groups & (over < counts)].sum())
    if not groups.any():
        return Twins(0, 0.0, 0.0, 0.0, 1.0)
    size, mine = np.minimum(counts[groups], MOST), np.where(over < counts, over, 0)[groups]
    mean, variance = _parted(p)
    tally = np.bincount(np.minimum(counts, MOST), minlength=MOST + 1)
    weight = np.zeros(MOST + 1)
    weight[2:] = (tally[1:-1] + 1) / (tally[2:] + 1)
    weight = np.minimum(1.0, weight / weight[2])
    usual = mean[size] * counts[groups] / size
    excess = float((weight[size] * (mine - usual)).sum())
    spread = math.sqrt(float((weight[size] ** 2 * variance[size]).sum()) + 1e-12)
    parted = (over[groups] > 0) & (over < counts)[groups]
    apart = float(np.prod(1 - p ** size - (1 - p) ** size)) if parted.all() else 1.0
    expected = float(usual.sum())
    return Twins(shared, expected, (shared - expected) / (1 - mean[2]), (excess - 0.5) / spread, apart)


def _parted(p: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance (MOST + 1,) of the held copies of a row with c copies, counted only if not all are held."""
    mean, variance = np.zeros(MOST + 1), np.zeros(MOST + 1)
    for c in range(2, MOST + 1):
        k = np.arange(c)
        chance = np.array([math.comb(c, int(i)) * p**i * (1 - p) ** (c - i) for i in k])
        mean[c] = float((k * chance).sum())
        variance[c] = float((k * k * chance).sum()) - mean[c] ** 2
    return mean, variance


def repeated_classes(
    known: np.ndarray, held: np.ndarray, codes: np.ndarray, held_codes: np.ndarray, classes: int
) -> tuple[int, float, float]:
    """The class whose different rows are mostly repeated, in training and across the split, while the others' are not.

    Returns its code (-1: none), the share of its different held-out rows that stand in training, and that of the other
    classes. Different rows count once, so that one frequent row makes no class.
    """
    values, counts = np.unique(known, return_counts=True)
    best, best_rate, best_other = -1, 0.0, 0.0
    for code in range(classes):
        mine, there = codes == code, held_codes == code
        if mine.sum() < 30 or there.sum() < 5 or (~mine).sum() < 30 or (~there).sum() < 5:
            continue
        groups = [counts[np.isin(values, known[rows])] for rows in (mine, ~mine)]
        if min(map(len, groups)) < 20:
            continue  # a handful of possible rows repeat whatever is done
        within = [float((g > 1).mean()) for g in groups]
        across = [float(np.isin(np.unique(held[rows]), values).mean()) for rows in (there, ~there)]
        if within[0] - within[1] > 0.4 and across[0] - across[1] > 0.4 and across[0] > best_rate:
            best, best_rate, best_other = code, across[0], max(within[1], across[1])
    return best, best_rate, best_other
