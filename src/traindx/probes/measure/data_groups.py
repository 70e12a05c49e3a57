"""Groups of rows that stand on both sides of a split: by an id among the columns, or tight groups of like rows."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_splits import SharedGroups
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.clusters import clusters
from traindx.probes.measure.data_closeness import KNOWN, QUERIES, closeness_features, held_role
from traindx.probes.measure.data_learn import pick
from traindx.probes.measure.data_near import nearest, tight_groups
from traindx.probes.measure.data_threads import one_thread
from traindx.probes.measure.data_view import View, view_of

CLEAR, CLUSTERED, CLASS_MODES = 0.8, 1500, 4
"""Held-out rows with a gap around them that need no clustering; training rows that are clustered; groups a class, at least."""


@probe
def shared_groups(training: Training, run: Observation) -> SharedGroups | NotMeasured | NotApplicable:
    """Ids, or tight groups of like rows, that stand on both sides of the split."""
    view = view_of(training)
    role = held_role(view)
    if role is None or "train" not in view.sheets or view.sheets["train"].n < 100:
        return NotMeasured("fewer than 100 training or 15 held-out rows in the sample")
    if view.kind == "table" and not view.image_shape:
        named = _id_column(view, role)
        if named is not None:
            return named
    if view.sheets[role].table.shape[1] != view.sheets["train"].table.shape[1] or view.sheets[role].table.shape[1] < 3:
        return NotMeasured("fewer than 3 numeric input columns")
    a, b = closeness_features(view, "train"), closeness_features(view, role)
    i, j = pick(len(a), KNOWN), pick(len(b), QUERIES, 1)
    if view.kind in ("text", "tokens") or a.shape[1] < 4 or not (np.isfinite(a[i]).all() and np.isfinite(b[j]).all()):
        return NotApplicable("inputs are texts, not finite, or have fewer than 4 columns with many values")
    with one_thread():
        near, which = nearest(a[i], b[j], min(len(i) - 1, max(60, len(i) // 4)))
    size, share = tight_groups(near)
    target = view.sheets["train"].target
    if share < CLEAR and target is not None and view.image_shape is None:
        apart = _clustered(role, a[i[:CLUSTERED]], b[j], target.coded[i[:CLUSTERED]])
        if apart is not None:
            return apart
    alike = chance = 0.0
    if target is not None and size >= 2:
        coded = target.coded[i]
        total = float(((coded - coded.mean(0)) ** 2).sum(1).mean())
        members = which[:, : max(2, int(size))]
        inside = coded[members]
        alike = 1 - float(((inside - inside.mean(1, keepdims=True)) ** 2).sum(2).mean()) / max(total, 1e-12)
        chance = 1 / size
    return SharedGroups(role, "", int(len(i) / size) if size else 0, float(size), share, alike, chance)


def _clustered(role: str, known: np.ndarray, held: np.ndarray, coded: np.ndarray) -> SharedGroups | None:
    """Groups without a gap around every row, many times as many as there are classes."""
    with one_thread():
        found = clusters(np.concatenate([known, held]).astype(float), coded, len(known))
    if found is None or found.count < CLASS_MODES * coded.shape[1]:
        return None
    mine, theirs = found.which[: len(known)], found.which[len(known) :]
    names, which, counts = np.unique(mine, return_inverse=True, return_counts=True)
    alike, chance = _alike(coded, which.reshape(-1), counts)
    shared = float(np.isin(theirs, names[counts > 1]).mean())
    return SharedGroups(role, "", len(names), float(counts.mean()), shared, alike, chance, found.lost)


_ID_WORDS = (
    "id",
    "patient",
    "subject",
    "user",
    "customer",
    "client",
    "session",
    "group",
    "person",
    "speaker",
    "device",
    "machine",
    "house",
    "store",
    "player",
    "author",
    "writer",
    "donor",
    "account",
    "member",
    "participant",
)


def _id_column(view: View, role: str) -> SharedGroups | None:
    """A whole-numbered column with many values, each on several rows, that explains more than a number could."""
    a, b, target = view.sheets["train"].table, view.sheets[role].table, view.sheets["train"].target
    if a.shape[1] != b.shape[1] or target is None or not np.isfinite(target.coded).all():
        return None
    best: SharedGroups | None = None
    for j in range(min(a.shape[1], 256)):
        name = view.columns[j]
        words = name.lower().replace("-", "_").split("_")
        named = any(w in words or name.lower().endswith(w) for w in _ID_WORDS)
        values, which, counts = np.unique(a[:, j], return_inverse=True, return_counts=True)
        if len(values) < 10 or len(values) > len(a) / 2 or not named:
            continue
        shared = float(np.isin(b[:, j], values).mean())
        alike, chance = _alike(target.coded, which, counts)
        made = SharedGroups(role, name, len(values), len(a) / len(values), shared, alike, chance)
        if shared > 0.5 and (best is None or alike > best.alike):
            best = made
    return best


def _alike(coded: np.ndarray, which: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """Share of the target variance between groups, and what shuffled groups give."""

    def between(order: np.ndarray) -> float:
        y = coded[order]
        sums = np.zeros((len(counts), y.shape[1]))
        np.add.at(sums, which, y)
        means = sums / counts[:, None]
        total = float(((y - y.mean(0)) ** 2).sum())
        return float((counts[:, None] * (means - y.mean(0)) ** 2).sum()) / total if total else 0.0

    rng = np.random.default_rng(0)
    shuffled = [between(rng.permutation(len(coded))) for _ in range(5)]
    return between(np.arange(len(coded))), float(np.max(shuffled))
