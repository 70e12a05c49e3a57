"""Rows judged after a later fit that earlier fits of the same weights were trained on, however each fit scaled its columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from traindx.facts.findings import NotApplicable
from traindx.facts.observation import Observation, Training
from traindx.facts.refits import JudgedAfter, SomeRows, TrainedBefore
from traindx.probes.base import probe
from traindx.probes.measure.data_near import nearest
from traindx.probes.measure.data_threads import one_thread

NEAR = 0.1
"""Distance to the nearest row over that to the second: of rows drawn from one density in D dimensions 0.1**D are as near."""
FIRST = 0.5
"""The same before the columns' maps are fitted: pairs that need only be right for the most part."""
ROUNDS = 3
LEAST_PAIRS = 8

@probe
def trained_before(training: Training, run: Observation) -> TrainedBefore | NotApplicable:
    """The judged rows of which an earlier fit had most that the fit just done had not, of the last fits."""
    found: list[TrainedBefore] = []
    with one_thread():
        for seen in reversed(training.refits):
            if len({one.fit for one in found if one.before - one.own >= 0.5}) < 2:
                found.append(of_call(seen))
    if not found:
        return NotApplicable("no rows were judged after a second fit of the same weights on other rows")
    best = max(found, key=lambda one: (one.before - one.own, one.same_label is not None))
    return replace(best, fits=len({one.fit for one in found if one.before - one.own >= 0.5}))


def of_call(seen: JudgedAfter) -> TrainedBefore:
    """One judged set against the fit just done and against the earlier one that had most of its rows."""
    best = TrainedBefore(seen.kind, seen.fit, seen.judged.n, 0.0, 0.0, 0.0, 0.0, None, 0, seen.location)
    for one in seen.earlier:
        before, same = _share(seen.judged, seen.own, one)
        if before > best.before:
            again, _ = _share(seen.own, seen.own, one)
            best = replace(best, before=before, again=again, whole=before * seen.judged.n / max(1, one.n), same_label=same)
    return replace(best, own=_share(seen.judged, seen.own, seen.own)[0]) if best.before else best


def _share(held: SomeRows, scale: SomeRows, known: SomeRows) -> tuple[float, float | None]:
    """The share of all rows of `held` that stand among all rows of `known`: equal ones, or such as have their like among
    those kept, whichever is more; and the share of the pairs that have equal targets."""
    hit, which = pairs(_scaled(held.x, scale), _scaled(known.x, known))
    like = min(1.0, float(hit.mean()) * max(1, known.n) / len(known.x)) if hit.sum() >= LEAST_PAIRS else 0.0
    equal = 0.0
    if held.hashes is not None and known.hashes is not None:
        equal = float(np.isin(held.hashes, known.hashes).mean())
    return max(like, equal), _same(held.y, known.y, hit, which) if hit.sum() >= LEAST_PAIRS else None


def pairs(held: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(whether each row of `held` has its like in `known`, (rows,), and which, (rows,)), where a map of each column's own,
    not far from the identity, may lie between both sets: its factors and offsets are fitted on the pairs found so far."""
    varies = (np.ptp(held, 0) > 0) & (np.ptp(known, 0) > 0)
    different, first = np.unique(known[:, varies], axis=0, return_index=True)
    none = np.zeros(len(held), bool), np.zeros(len(held), np.int64)
    if not varies.any() or len(different) < LEAST_PAIRS:
        return none
    moved = held = held[:, varies]
    for limit in (*np.geomspace(FIRST, NEAR, ROUNDS), NEAR):
        distance, which = nearest(different, moved, 2)
        hit = distance[:, 0] <= limit * distance[:, 1]
        if hit.sum() < LEAST_PAIRS:
            return none
        moved = _moved(held, held[hit], different[which[hit, 0]])
    return hit, first[which[:, 0]]


def _moved(held: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """`held` with the columns' factors and offsets that lead from `a` to `b`; rows off the first fit are left out of a second."""
    use = np.ones(len(a), bool)
    factor, offset = np.ones(a.shape[1]), np.zeros(a.shape[1])
    for _ in range(2):
        x, y = a[use], b[use]
        spread = x.var(0)
        slope = ((x - x.mean(0)) * (y - y.mean(0))).mean(0) / np.where(spread > 0, spread, 1.0)
        factor = np.where((spread > 0) & (slope > 0.5) & (slope < 2.0), slope, 1.0)
        offset = y.mean(0) - factor * x.mean(0)
        off = ((a * factor + offset - b) ** 2).sum(1)
        use = off <= 9.0 * np.median(off)
        if use.sum() < LEAST_PAIRS:
            break
    return held * factor + offset


def _scaled(rows: np.ndarray, by: SomeRows) -> np.ndarray:
    """Standardised columns in float64; cells that are no numbers stand at the mean."""
    made = (rows.astype(np.float64) - by.mean) / np.where(by.spread > 0, by.spread, 1.0)
    return np.nan_to_num(made, nan=0.0, posinf=0.0, neginf=0.0)


def _same(a: np.ndarray | None, b: np.ndarray | None, hit: np.ndarray, which: np.ndarray) -> float | None:
    """Share of the pairs with equal targets; of numbers that are not whole, the correlation of the first."""
    if a is None or b is None or a.shape[1:] != b.shape[1:]:
        return None
    mine, theirs = a[hit], b[which[hit]]
    if (mine == np.round(mine)).all() and (theirs == np.round(theirs)).all():
        return float((mine == theirs).all(1).mean())
    spread = float(mine[:, 0].std() * theirs[:, 0].std())
    return float(((mine[:, 0] - mine[:, 0].mean()) * (theirs[:, 0] - theirs[:, 0].mean())).mean() / spread) if spread > 0 else None
