"""Find category codes that mean different things in two splits: each category is recognised by the rest of its rows."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_splits import Transform
from traindx.probes.measure.data_columns import mid_ranks
from traindx.probes.measure.data_learn import assignment
from traindx.probes.measure.data_transform import Pair

MOST = 30


def renamed_categories(pair: Pair, ya: np.ndarray | None = None, yb: np.ndarray | None = None) -> Transform | None:
    """A whole-numbered column, or a block of one-hot columns, whose codes are permuted in the held-out split.

    `ya` (n, k) and `yb` (m, k) are coded targets, where both sides have them: what a category says of the label tells it
    from others, as the rest of its rows does.
    """
    known, held = _with_targets(pair.a, ya, yb), _with_targets(pair.b, yb, ya)
    for name, columns, codes_a, codes_b, values in _candidates(pair):
        rest = np.setdiff1d(np.arange(known.shape[1]), columns)
        found = _permuted(known[:, rest], codes_a, held[:, rest], codes_b, len(values))
        if found is not None:
            mapping, before, after = found
            shown = ", ".join(f"{values[i]} is {values[j]}" for i, j in mapping[:5])
            return Transform(
                "categories",
                f"category codes of {name} mean others in {pair.role}: {shown}",
                pair.role,
                before,
                after,
                columns=(name,),
            )
    return None


def _with_targets(x: np.ndarray, y: np.ndarray | None, other: np.ndarray | None) -> np.ndarray:
    """Columns and targets side by side, where both splits have targets of one width."""
    if y is None or other is None or y.shape[1:] != other.shape[1:]:
        return x
    return np.concatenate([x, y], axis=1)


def _candidates(pair: Pair) -> list[tuple[str, np.ndarray, np.ndarray, np.ndarray, list[str]]]:
    """(name, columns, codes of training rows, codes of held-out rows, names of the categories)."""
    found = []
    for j in range(pair.a.shape[1]):
        a, b = pair.a[:, j], pair.b[:, j]
        if np.isnan(a).any() or np.isnan(b).any() or (a != np.round(a)).any():
            continue
        values = np.unique(a)
        if 3 <= len(values) <= MOST and np.isin(b, values).all():
            found.append(
                (
                    pair.names[j],
                    np.array([j]),
                    np.searchsorted(values, a),
                    np.searchsorted(values, b),
                    [f"{v:g}" for v in values],
                )
            )
    for block in _one_hot_blocks(pair):
        found.append(
            (
                pair.names[block[0]].split("=")[0],
                block,
                pair.a[:, block].argmax(1),
                pair.b[:, block].argmax(1),
                [pair.names[j].split("=")[-1] for j in block],
            )
        )
    return found


def _one_hot_blocks(pair: Pair) -> list[np.ndarray]:
    """Runs of at least 3 neighbouring 0/1 columns of which exactly one is set in every row of both splits."""
    both = np.concatenate([pair.a, pair.b])
    binary: np.ndarray = np.asarray(np.isin(both, (0.0, 1.0)).all(axis=0))
    blocks, start, d = [], 0, both.shape[1]
    while start < d:
        end, total = start, np.zeros(len(both))
        while end < d and binary[end]:
            total = total + both[:, end]
            end += 1
            if total.max() > 1:
                break
            if end - start >= 3 and (total == 1).all():
                blocks.append(np.arange(start, end))
                start = end - 1
                break
        start += 1
    return blocks


def _permuted(
    a: np.ndarray, codes_a: np.ndarray, b: np.ndarray, codes_b: np.ndarray, k: int
) -> tuple[list[tuple[int, int]], float, float] | None:
    """(train code, held-out code) pairs that moved, and the mean distance of these categories before and after.

    Distances are squared differences of category means in ranks, whitened within categories, per degree of freedom,
    in units of chance: 1 for one population.
    """
    n, m = np.bincount(codes_a, minlength=k).astype(float), np.bincount(codes_b, minlength=k).astype(float)
    if min(n.min(), m.min()) < 5:
        return None
    share = np.minimum(_share_cost(n, m), 50.0)
    cost, weight = share, 1.0
    usable = np.isfinite(a).all(0) & np.isfinite(b).all(0) & (np.nanstd(a, axis=0) > 0)
    if usable.any():
        both = np.concatenate([a[:, usable], b[:, usable]])
        ranks = mid_ranks(both) - 0.5
        x, y = ranks[: len(a)], ranks[len(a) :]
        mean_a = np.stack([x[codes_a == c].mean(0) for c in range(k)])
        mean_b = np.stack([y[codes_b == c].mean(0) for c in range(k)])
        inner = np.concatenate([x - mean_a[codes_a], y - mean_b[codes_b]])
        size, axes = np.linalg.eigh(np.atleast_2d(inner.T @ inner / len(inner)))
        kept = size > size.max() * 1e-3
        u, v = mean_a @ axes[:, kept] / np.sqrt(size[kept]), mean_b @ axes[:, kept] / np.sqrt(size[kept])
        far = ((u[:, None] - v[None]) ** 2).sum(2) * (n[:, None] * m[None] / (n[:, None] + m[None]))
        cost, weight = far + share, float(kept.sum()) + 1
    cost = cost / weight
    to = assignment(cost)
    moved = np.flatnonzero(to != np.arange(k))
    if len(moved) < 2:
        return None
    before, after = float(np.diag(cost)[moved].mean()), float(cost[moved, to[moved]].mean())
    if before > 5 and after < 2.5 and before > 3.5 * after and cost[moved, to[moved]].max() < 5:
        return [(int(i), int(to[i])) for i in moved], before, after
    return None


def _share_cost(n: np.ndarray, m: np.ndarray) -> np.ndarray:
    p, q = n / n.sum(), m / m.sum()
    spread = p * (1 - p) / n.sum()
    other = q * (1 - q) / m.sum()
    return (p[:, None] - q[None]) ** 2 / (spread[:, None] + other[None] + 1e-12)
