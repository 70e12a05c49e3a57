"""Find columns of a held-out table that stand in another order: each is recognised by its values, labels and partners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from traindx.probes.measure.data_columns import mid_ranks
from traindx.probes.measure.data_learn import assignment

LEVELS = np.array([0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98])
"""Quantiles between which values are counted: finer at the ends, where standardised columns differ."""
MOST_CLASSES = 8
LEAST_CELL = 10
"""Training values a cell must hold; fewer have no share worth the name (usual for chi-squared: an expectation of 5)."""
MOST_ALIKE = 0.9
"""Share of one value from which on a column tells too little to be known by: borders of pictures, rare flags."""


@dataclass(frozen=True)
class Moved:
    """Columns in another place: (training column, where the held-out side has it); deviance per degree of freedom of
    these columns as they stand and in the order found (1: one population)."""

    places: tuple[tuple[int, int], ...]
    before: float
    after: float


@dataclass(frozen=True)
class Likeness:
    """How unlike training column i and held-out column j are.

    `cost` (d, d) sums squared deviations in units of chance, `free` (d,) counts them by training column: their ratio is
    about 1 for one column of one population. `ra`, `rb` (d, d) are the columns' rank correlations on either side
    (Fisher's z), `weight` the inverse variance of their difference.
    """

    cost: np.ndarray
    free: np.ndarray
    ra: np.ndarray
    rb: np.ndarray
    weight: float

    def each(self, order: np.ndarray) -> np.ndarray:
        """Deviance per degree of freedom (d,) of held-out columns read in this order: training column i is `order[i]`."""
        d = len(order)
        links = self.weight * (self.ra - self.rb[np.ix_(order, order)]) ** 2
        return (self.cost[np.arange(d), order] + links.sum(1)) / (self.free + d - 1)

    def total(self, order: np.ndarray) -> float:
        """Deviance of the whole order."""
        links = self.weight * (self.ra - self.rb[np.ix_(order, order)]) ** 2
        return float(self.cost[np.arange(len(order)), order].sum() + links.sum() / 2)


def moved_columns(
    a: np.ndarray, b: np.ndarray, ya: np.ndarray | None = None, yb: np.ndarray | None = None
) -> Moved | None:
    """Columns of b (m, d) that stand in another's place than in a (n, d); NaN is fine.

    `ya` (n, k) and `yb` (m, k) are coded targets, where both sides have them. A column is known by the shares of its
    values between training quantiles, by the mean target in each tenth of its own ranks, and by its rank correlations
    with the other columns. An order is reported when the columns that it moves are far from where they stand, within
    chance of where it puts them, and no exchange of two of them fits as well.
    """
    vary = np.flatnonzero(_telling(a) & _telling(b))
    d = len(vary)
    if not 2 <= d <= 64 or min(len(a), len(b)) < 40:
        return None
    a, b = a[:, vary], b[:, vary]
    stay = np.arange(d)
    before = likeness(a, b, ya, yb, every=False).each(stay)
    if (before > 2.5).sum() < 2:
        return None
    like = likeness(a, b, ya, yb)
    order = min((_improved(like, start) for start in _starts(like)), key=like.total)
    after, moved = like.each(order), np.flatnonzero(order != stay)
    clear = np.array([i for i in moved if _clear(like, order, i)], int)
    rest = np.delete(after, moved)
    if not len(clear) or before[clear].mean() < 3 * max(1.0, after[clear].mean()) or before[clear].min() < 2:
        return None
    far = float(before[clear].mean())  # mixtures and heavy tails spread more than chance: a twentieth of the way is left
    if after[moved].mean() > max(2.0, 0.05 * far) or after[moved].max() > max(2.5, 0.1 * far):
        return None
    if len(rest) and (rest < 2.5).mean() < 0.8:
        return None
    places = tuple((int(vary[i]), int(vary[order[i]])) for i in clear)
    return Moved(places, far, float(after[clear].mean()))


def _telling(x: np.ndarray) -> np.ndarray:
    """Columns (d,) of which no value takes more than nine tenths."""
    ordered = np.sort(x, axis=0)
    most = int(np.ceil(MOST_ALIKE * len(x)))
    return ~(ordered[: len(x) - most] == ordered[most:]).any(0)


def likeness(
    a: np.ndarray, b: np.ndarray, ya: np.ndarray | None, yb: np.ndarray | None, every: bool = True
) -> Likeness:
    """Compare each training column with every held-out column, or with that in its own place only."""
    d = a.shape[1]
    cost, free = np.zeros((d, d)), np.zeros(d)
    mine: list[tuple[np.ndarray, np.ndarray]] = []
    theirs = mine
    if ya is not None and yb is not None and ya.shape[1] == yb.shape[1]:
        some = np.argsort(-np.nansum(ya, axis=0), kind="stable")[:MOST_CLASSES]
        mine, theirs = ([_profile(x[:, j], y[:, some]) for j in range(d)] for x, y in ((a, ya), (b, yb)))
    for i in range(d):
        there = np.arange(d) if every else np.array([i])
        cost[i, there], free[i] = _values(a[:, i], b[:, there])
        if mine:
            cost[i, there] += [_unlike(mine[i], theirs[j]) for j in there]
            free[i] += mine[i][0].size
    return Likeness(cost, free, _links(a), _links(b), 1 / (1 / len(a) + 1 / len(b)))


def _values(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, float]:
    """Squared deviations (d,) of the shares of b's columns (m, d) between quantiles of a (n,), and how many are free."""
    a = a[np.isfinite(a)]
    if not len(a):
        return np.zeros(b.shape[1]), 1.0
    edges = np.unique(np.quantile(a, LEVELS, method="lower"))
    edges = np.append(edges[edges < a.max()], np.inf)
    counted = np.bincount(np.searchsorted(edges, a), minlength=len(edges)).astype(float)
    while len(edges) > 2 and counted.min() < LEAST_CELL:  # a handful of values is no share
        k = min(int(np.argmin(counted)), len(edges) - 2)
        edges, counted[k] = np.delete(edges, k), counted[k] + counted[k + 1]
        counted = np.delete(counted, k + 1)
    found = np.zeros(b.shape[1])
    for j in range(b.shape[1]):
        column = b[np.isfinite(b[:, j]), j]
        if not len(column):
            found[j] = 1e3
            continue
        there = np.bincount(np.searchsorted(edges, column), minlength=len(edges))
        n, m = len(a), len(column)
        both = (counted + there) / (n + m)
        spread = both * (1 / n + 1 / m)
        found[j] = ((counted / n - there / m) ** 2 / np.maximum(spread, 1e-12)).sum()
    return found, float(max(1, len(edges) - 1))


def _profile(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean target (10, k) in each tenth of the ranks of x, and the variance of these means; ties share their mean rank."""
    good = np.isfinite(x) & np.isfinite(y).all(1)
    x, y = x[good], y[good]
    tenth = np.minimum((mid_ranks(x[:, None])[:, 0] * 10).astype(int), 9)
    rows = np.bincount(tenth, minlength=10).astype(float)[:, None]
    spread = np.maximum(y.var(0), 1e-12)
    means = np.stack([np.bincount(tenth, column, 10) for column in y.T], axis=1) / np.maximum(rows, 1)
    return means, np.where(rows >= 5, spread / np.maximum(rows, 1), np.inf)


def _unlike(mine: tuple[np.ndarray, np.ndarray], theirs: tuple[np.ndarray, np.ndarray]) -> float:
    """Squared differences of two profiles in units of chance, summed; a tenth that one column lacks counts as chance."""
    error = mine[1] + theirs[1]
    known = np.isfinite(error)
    return float(((mine[0] - theirs[0])[known] ** 2 / error[known]).sum() + (~known).sum())


def _links(x: np.ndarray) -> np.ndarray:
    """Rank correlations (d, d) through Fisher's z, 0 on the diagonal."""
    ranks = mid_ranks(np.where(np.isfinite(x), x, np.nanmedian(x, axis=0)))
    ranks -= ranks.mean(0)
    size = np.sqrt((ranks**2).sum(0))
    z = np.arctanh(np.clip(ranks.T @ ranks / np.maximum(np.outer(size, size), 1e-12), -0.98, 0.98))
    np.fill_diagonal(z, 0.0)
    return z


def _starts(like: Likeness) -> list[np.ndarray]:
    """Orders to begin with: as it is, turned round, one column off, and each column by its own likeness."""
    stay = np.arange(len(like.free))
    return [stay, stay[::-1].copy(), np.roll(stay, 1), np.roll(stay, -1), assignment(np.minimum(like.cost, 1e6))]


def _improved(like: Likeness, order: np.ndarray) -> np.ndarray:
    """Exchange two columns as long as that lowers the deviance."""
    order, best = order.copy(), like.total(order)
    better = True
    while better:
        better = False
        for i in range(len(order) - 1):
            for j in range(i + 1, len(order)):
                gain = _exchange(like, order, i, j)
                if gain < -1e-6 * max(1.0, best):
                    order[i], order[j] = order[j], order[i]
                    best, better = best + gain, True
    return order


def _exchange(like: Likeness, order: np.ndarray, i: int, j: int) -> float:
    """What exchanging training columns i and j adds to the deviance."""
    p, q = order[i], order[j]
    own = like.cost[i, q] + like.cost[j, p] - like.cost[i, p] - like.cost[j, q]
    others = np.ones(len(order), bool)
    others[[i, j]] = False
    there = order[others]
    mine, yours = like.ra[i, others], like.ra[j, others]
    links = (mine - like.rb[q, there]) ** 2 + (yours - like.rb[p, there]) ** 2
    links -= (mine - like.rb[p, there]) ** 2 + (yours - like.rb[q, there]) ** 2
    return float(own + like.weight * links.sum())


def _clear(like: Likeness, order: np.ndarray, i: int, least: float = 20.0) -> bool:
    """Whether no exchange of this column with another fits nearly as well (20: 1 in 100 000 for one free number)."""
    return all(_exchange(like, order, i, j) > least for j in range(len(order)) if j != i)
