"""Whether a held-out split is the training rows in another mix of classes: then nothing was transformed."""

from __future__ import annotations

import numpy as np

from traindx.probes.measure.data_columns import ks, noise_unit

GROUPS = 5
"""Groups of numeric targets, by quantiles, that stand for classes."""


def groups_of(coded: np.ndarray, codes: np.ndarray | None) -> np.ndarray:
    """Group (n,) int of every row: its class, or the fifth of the numbers that its target is in; -1 for none."""
    if codes is not None:
        return codes
    y = coded[:, 0]
    edges = np.unique(np.nanquantile(y, np.linspace(0, 1, GROUPS + 1)[1:-1]))
    return np.where(np.isfinite(y), np.searchsorted(edges, y, side="right"), -1)


def remixed_distance(a: np.ndarray, groups: np.ndarray, b: np.ndarray) -> float:
    """Mean distance of the columns of b (m, d) from those of a (n, d), in units of chance, once a's groups (n,) have the
    shares that fit b best.

    The shares are found from b's inputs alone (label shift: Saerens, Latinne and Decaestecker 2002; here by least
    squares on the shares of values between deciles), so that unlabelled splits are judged too.
    """
    inside = groups >= 0
    a, groups = a[inside], groups[inside]
    present = np.unique(groups)
    if len(present) < 2 or len(a) < 20:
        return np.inf
    counts = np.array([(groups == g).sum() for g in present], float)
    shares = _shares(a, [groups == g for g in present], b)
    each = dict(zip(present.tolist(), shares / counts, strict=True))
    weights = np.array([each[g] for g in groups.tolist()])
    weights /= weights.sum()
    effective = 1 / float((weights**2).sum())
    step = np.nanstd(b, axis=0) * 1e-5 + 1e-30
    return float(ks(np.round(a / step), np.round(b / step), weights).mean()) / noise_unit(max(1, int(effective)), len(b))


def _shares(a: np.ndarray, members: list[np.ndarray], b: np.ndarray, steps: int = 500) -> np.ndarray:
    """Shares (g,) of the groups of a under which a's columns fall between b's deciles as b's own do."""
    blocks: list[np.ndarray] = []
    wanted: list[np.ndarray] = []
    for j in range(a.shape[1]):
        mine, theirs = a[:, j], b[np.isfinite(b[:, j]), j]
        if not len(theirs):
            continue
        edges = np.unique(np.quantile(theirs, np.linspace(0, 1, 11)[1:-1]))
        where, there = np.searchsorted(edges, mine), np.searchsorted(edges, theirs)
        blocks.append(np.stack([np.bincount(where[m], minlength=len(edges) + 1) / m.sum() for m in members], axis=1))
        wanted.append(np.bincount(there, minlength=len(edges) + 1) / len(theirs))
    made, target = np.concatenate(blocks), np.concatenate(wanted)
    square, cross = made.T @ made, made.T @ target
    shares = np.full(len(members), 1 / len(members))
    rate = 1 / max(float(np.abs(square).max()), 1e-12)
    for _ in range(steps):  # exponentiated gradient keeps shares positive and summing to one
        shares *= np.exp(np.clip(-rate * (square @ shares - cross), -20, 20))
        shares /= shares.sum()
    return shares
