"""Nearest neighbours and what their distances say: copies, rows on a line between two others, tight groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from traindx.probes.measure.data_learn import pick


@dataclass(frozen=True)
class Close:
    """Which queries (q,) are near copies, which are equal; the share expected by chance, the closeness used, copies."""

    flags: np.ndarray
    equal: np.ndarray
    expected: float
    closeness: float
    copies: float


@dataclass(frozen=True)
class Excess:
    """Near copies beyond what training has of itself (`own`, `z` deviations, at `closeness`), which queries they are
    (`flags`), and beyond what a smooth density of the local dimension has (`smooth`)."""

    own: float
    z: float
    closeness: float
    flags: np.ndarray
    smooth: float
    smooth_flags: np.ndarray


STEPS = (0.02, 0.05, 0.1, 0.14, 0.2, 0.28, 0.35)
"""Closeness that is tried: nearest distance over the distance to neighbour 16."""


@dataclass(frozen=True)
class OnLine:
    """Queries of class `code` that lie between two known rows: `count` of `rows`, and the share in other classes."""

    count: int
    rows: int
    code: int
    elsewhere: float


def nearest(known: np.ndarray, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Distances (q, k), ascending, and row numbers (q, k) of the k nearest known rows, in float64 after centring."""
    centre = known.mean(0)
    a, b = (known - centre).astype(np.float64), (queries - centre).astype(np.float64)
    squares = (b * b).sum(1)[:, None] + (a * a).sum(1)[None] - 2 * b @ a.T
    k = min(k, len(a))
    which = np.argpartition(squares, k - 1, axis=1)[:, :k] if k < len(a) else np.tile(np.arange(len(a)), (len(b), 1))
    exact = np.take_along_axis(squares, which, axis=1)
    order = np.argsort(exact, axis=1)
    which = np.take_along_axis(which, order, axis=1)
    closest = ((b[:, None] - a[which[:, :3]]) ** 2).sum(2)  # cancellation spoils small distances
    distances = np.sqrt(np.maximum(np.take_along_axis(exact, order, axis=1), 0.0))
    distances[:, :3] = np.sqrt(closest)
    return distances, which


def dimension(distances: np.ndarray) -> float:
    """Local dimension by maximum likelihood from outer neighbours (Levina and Bickel, NIPS 2004)."""
    outer = distances[:, distances.shape[1] // 2 :]
    outer = outer[(outer[:, 0] > 0)]
    if not len(outer) or outer.shape[1] < 3:
        return 1.0
    logs = np.log(outer[:, -1:] / outer[:, :-1]).mean()
    count = outer.shape[1] - 1
    # neighbours k/2..k of a D-dimensional density: mean log ratio is (1 + ln-harmonic part) / D, here exactly:
    first = distances.shape[1] // 2 + 1
    harmonic = np.mean([sum(1 / i for i in range(first + s, first + count)) for s in range(count)])
    return float(np.clip(harmonic / max(logs, 1e-9), 1.0, 60.0))


def fraction_within(distances: np.ndarray, closeness: float | None = None, chance: float = 0.01) -> Close:
    """Near copies among queries with ascending neighbour distances (q, k).

    The nearest distance over the distance to neighbour 16 is u ** (1 / D) with u the smallest of 15 uniform numbers
    for a smooth density of local dimension D; `closeness` is the ratio that this gives `chance` of the time, but never
    above 0.35. Equal rows (distance 0) are not counted as near.
    """
    reference = distances[:, min(15, distances.shape[1] - 1)]
    d = dimension(distances)
    limit = closeness if closeness is not None else min(0.35, float((chance / 15) ** (1 / d)))
    expected = 1 - (1 - min(1.0, limit**d)) ** 15
    scale = float(np.median(distances[:, -1])) or 1.0
    equal = distances[:, 0] <= 1e-6 * scale
    with np.errstate(all="ignore"):
        flags = (distances[:, 0] < limit * reference) & ~equal & (reference > 0)
    inside = (distances < limit * reference[:, None]).sum(1)
    copies = float(np.median(inside[flags])) if flags.any() else 0.0
    return Close(flags, equal, float(expected), limit, copies)


def beyond(held: np.ndarray, inner: np.ndarray, inner_equal: np.ndarray) -> Excess:
    """Compare held-out rows' neighbour distances (q, k) with those of training rows among themselves (p, k).

    In a random split both ratios have one distribution, whatever the data. Training rows with an equal one
    (`inner_equal`, (p,) bool) count as closest, so that noise on data with repeated rows makes no excess; their
    share is taken off the excess over a smooth density as well.
    """
    d = dimension(held)
    ratio, equal = _ratio(held)
    mine, _ = _ratio(inner)
    mine = np.where(inner_equal, 0.0, mine)
    none = np.zeros(len(held), bool)
    best = Excess(0.0, 0.0, STEPS[0], none, 0.0, none)
    for limit in STEPS:
        close = (ratio < limit) | equal
        flags = close & ~equal
        own, rest = float(close.mean()), float((mine < limit).mean())
        pooled = (own * len(held) + rest * len(inner)) / (len(held) + len(inner))
        error = np.sqrt(max(pooled * (1 - pooled), 0.25 / len(inner)) * (1 / len(held) + 1 / len(inner)))
        z = float((own - rest) / error)
        smooth = float(flags.mean() - inner_equal.mean()) - (1 - (1 - min(1.0, limit**d)) ** 15)
        if z > best.z and flags.mean() > 0.5 * (own - rest):  # equal rows are another check's matter
            best = Excess(own - rest, z, limit, flags, best.smooth, best.smooth_flags)
        if smooth > best.smooth:
            best = Excess(best.own, best.z, best.closeness, best.flags, smooth, flags)
    return best


def _ratio(distances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Nearest distance over that to neighbour 16 (q,), and which rows are equal to their nearest."""
    reference = distances[:, min(15, distances.shape[1] - 1)]
    scale = float(np.median(distances[:, -1])) or 1.0
    with np.errstate(all="ignore"):
        ratio = np.where(reference > 0, distances[:, 0] / reference, 1.0)
    return ratio, distances[:, 0] <= 1e-6 * scale


def interpolated(
    known: np.ndarray, queries: np.ndarray, codes: np.ndarray | None, query_codes: np.ndarray | None, around: int = 40
) -> OnLine:
    """Queries that lie on the line between two of their nearest known rows of the same class (SMOTE)."""
    best = OnLine(0, 0, -1, 0.0)
    if codes is None or query_codes is None or known.shape[1] < 4:
        return best
    some = pick(known.shape[1], 256)  # a line in all columns is one in some of them
    lines, asked = known[:, some].astype(np.float64), queries[:, some]
    hits = np.zeros(len(queries), bool)
    for code in np.unique(query_codes):
        mine, there = np.flatnonzero(codes == code), np.flatnonzero(query_codes == code)
        if len(mine) < 3:
            continue
        near = nearest(known[mine], queries[there], around)[1]
        for q, rows in zip(there, near, strict=True):
            hits[q] = _between(lines[mine[rows]] - asked[q])
    for code in np.unique(query_codes):
        mine = query_codes == code
        if mine.sum() >= 5 and hits[mine].sum() > best.count:
            elsewhere = float(hits[~mine].mean()) if (~mine).any() else 0.0
            best = OnLine(int(hits[mine].sum()), int(mine.sum()), int(code), elsewhere)
    return best


def _between(sides: np.ndarray) -> bool:
    """Whether two of the differences (k, d) point in exactly opposite directions, along at least 3 columns."""
    length = np.sqrt((sides**2).sum(1))
    good = length > 1e-9
    unit = sides[good] / length[good][:, None]
    unit = unit[(np.abs(unit) > 1e-6).sum(1) >= 3]  # a line along one or two columns is common in coarse data
    return len(unit) >= 2 and float((unit @ unit.T).min()) < -1 + 1e-6


def tight_groups(distances: np.ndarray, gap: float = 1.7, least: int = 3) -> tuple[float, float]:
    """Median size of the tight group around each query and the share of queries that have one.

    A group ends where the next neighbour is `gap` times as far as the last: for a smooth density that happens at
    neighbour j with probability gap ** (-j D), so at 3 rows and 4 dimensions once in 600.
    """
    with np.errstate(all="ignore"):
        ratio = distances[:, 1:] / np.maximum(distances[:, :-1], 1e-12)
    ratio[:, : least - 1] = 0.0
    at = ratio.argmax(1)
    equal = distances[:, 1] <= 1e-6 * (float(np.median(distances[:, -1])) or 1.0)
    strong = (ratio[np.arange(len(ratio)), at] > gap) & ~equal  # equal rows are another matter
    size = float(np.median(at[strong] + 1)) if strong.any() else 0.0
    return size, float(strong.mean())
