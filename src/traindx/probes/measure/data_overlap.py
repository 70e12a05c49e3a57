"""Probes of rows in common: equal rows, near copies and interpolated rows."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_splits import NearCopies, RowOverlap, SplitTransforms
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_closeness import HELD, KNOWN, QUERIES, closeness_features, held_role, line_features
from traindx.probes.measure.data_columns import many_valued
from traindx.probes.measure.data_equal import Twins, repeated_classes, twins
from traindx.probes.measure.data_labels import all_codes
from traindx.probes.measure.data_learn import pick
from traindx.probes.measure.data_near import beyond, fraction_within, interpolated, nearest
from traindx.probes.measure.data_splits import transforms_of
from traindx.probes.measure.data_threads import one_thread
from traindx.probes.measure.data_view import Sheet, View, view_of
from traindx.probes.rowhash import row_hashes

WIDE = 240_000
"""Cells of the queries: 2000 rows of a table, 300 pictures."""


@probe
def row_overlap(training: Training, run: Observation) -> RowOverlap | NotMeasured:
    """Held-out rows whose inputs equal those of a training row, against repetition within training."""
    view = view_of(training)
    train = view.sheets.get("train")
    if train is None:
        return NotMeasured("no training rows")
    known = _hashes(train)
    values, counts = np.unique(known, return_counts=True)
    repeats = float(counts[counts > 1].sum() / len(known))
    best: RowOverlap | None = None
    for role in HELD:
        if role not in view.sheets:
            continue
        held = _hashes(view.sheets[role])
        inside = np.isin(held, values)
        found = twins(known, held)
        same = _same_label(view, role, known, held, inside)
        kind, natural = _oversampled(view, known, role, held)
        undone, again = _undone(view, role)
        made = RowOverlap(
            role,
            len(held),
            found.shared,
            len(known),
            repeats,
            len(values) / len(known),
            same is not None,
            same,
            kind,
            natural,
            tuple(int(i) for i in np.flatnonzero(inside)[:8]),
            undone,
            *((again or found).expected / max(1, len(held)), max(0.0, (again or found).leaked) / max(1, len(held))),
            (again or found).z,
            (again or found).all_apart,
            *(_copies(view, role) if found.shared > 0.5 * len(held) else (0.0, 0)),
        )
        if best is None or made.shared / made.rows > best.shared / best.rows:
            best = made
    return best or NotMeasured("no validation or test rows")


def _hashes(sheet: Sheet) -> np.ndarray:
    stored = sheet.split.hashes
    return stored if stored is not None and len(stored) else row_hashes(sheet.split.x)


def _same_label(view: View, role: str, known: np.ndarray, held: np.ndarray, inside: np.ndarray) -> float | None:
    """Share of shared rows with the label of an equal training row, where labels of all rows are known."""
    a, b = (all_codes(view, r) if view.task == "classes" else _numbers(view, r) for r in ("train", role))
    if a is None or b is None or len(a) != len(known) or len(b) != len(held) or not inside.any():
        return None
    order = np.argsort(known, kind="stable")
    at = order[np.searchsorted(known[order], held[inside])]
    return float((a[at] == b[inside]).mean())


def _numbers(view: View, role: str) -> np.ndarray | None:
    """Numeric targets of the whole split, where they are one to a row."""
    labels = view.splits[role].labels
    return None if view.task != "numbers" or labels is None or labels.size != len(labels) else labels.reshape(-1)


def _copies(view: View, role: str) -> tuple[float, int]:
    """Of the pairs of sampled rows of both splits that agree in a random half of the columns, the share that agree in
    all; and how many different rows there are."""
    both = np.concatenate([view.sheets[r].table for r in ("train", role)])
    half = np.random.default_rng(0).permutation(both.shape[1])[: max(1, both.shape[1] // 2)]
    pairs = []
    for table in (both, np.ascontiguousarray(both[:, half])):
        counts = np.unique(row_hashes((table,)), return_counts=True)[1].astype(float)
        pairs.append((float((counts * (counts - 1)).sum()), len(counts)))
    return (pairs[0][0] / pairs[1][0] if pairs[1][0] else 0.0), pairs[0][1]


def _oversampled(view: View, known: np.ndarray, role: str, held: np.ndarray) -> tuple[tuple[str, float] | None, float]:
    """(class, share of its held-out rows in training) where one class repeats and the others do not; the others'."""
    a, b = all_codes(view, "train"), all_codes(view, role)
    if a is None or b is None or len(a) != len(known) or len(b) != len(held):
        return None, 0.0
    code, rate, others = repeated_classes(known, held, a, b, len(view.class_values))
    return (None, 0.0) if code < 0 else ((str(view.class_values[code]), rate), others)


def _undone(view: View, role: str) -> tuple[str, Twins | None]:
    """Equal rows that show only once a factor and offset between the splits are undone, as "shared/rows"."""
    found = transforms_of(view)
    if not isinstance(found, SplitTransforms):
        return "", None
    scale = next((t for t in found.found if t.role == role and t.kind == "scale" and t.factor), None)
    if scale is None or scale.factor is None or scale.offset is None:
        return "", None
    a, b = view.sheets["train"].table, view.sheets[role].table
    back = (b.astype(float) - scale.offset) / scale.factor
    size = np.maximum(np.abs(a).max(0), 1e-9)
    left, right = np.round(a / size * 2e4), np.round(back / size * 2e4)
    again = twins(row_hashes((left,)), row_hashes((right,)))
    return (f"{again.shared}/{len(b)}", again) if again.shared >= 3 else ("", None)


@probe
def near_copies(training: Training, run: Observation) -> NearCopies | NotMeasured | NotApplicable:
    """Held-out rows far closer to a training row than the local spacing of rows explains."""
    view = view_of(training)
    role = held_role(view)
    if role is None or "train" not in view.sheets or view.sheets["train"].n < 60:
        return NotMeasured("fewer than 60 training or 15 held-out rows in the sample")
    if view.sheets[role].table.shape[1] != view.sheets["train"].table.shape[1] or not view.sheets[role].table.shape[1]:
        return NotMeasured("no numeric inputs of equal shape")
    a, b = closeness_features(view, "train"), closeness_features(view, role)
    _, first, of, counts = np.unique(row_hashes((a,)), return_index=True, return_inverse=True, return_counts=True)
    i = first[pick(len(first), KNOWN)]  # repeated training rows would shrink the local spacing
    most = int(np.clip(WIDE // max(1, a.shape[1]), QUERIES, 2000))
    j = pick(len(b), most, 1)
    if a.shape[1] < 2 or len(i) < 60 or not (np.isfinite(a[i]).all() and np.isfinite(b[j]).all()):
        return NotApplicable("fewer than 2 finite columns that vary, or 60 different rows")
    inside = pick(len(a), most, 2)
    with one_thread():
        near, which = nearest(a[i], b[j], 40)
        inner, _ = nearest(a[i], a[inside], 41)
    found = beyond(near, inner[:, 1:], counts[of[inside]] > 1)
    share = fraction_within(near)
    codes_a, codes_b = _sample_codes(view, "train"), _sample_codes(view, role)
    flags = found.flags if found.own > found.smooth else found.smooth_flags
    same = None
    if codes_a is not None and codes_b is not None and flags.any():
        same = float((codes_a[i][which[flags, 0]] == codes_b[j][flags]).mean())
    elif flags.any():
        same = _same_numbers(view, role, i[which[flags, 0]], j[flags])
    x, y = (line_features(view, r) for r in ("train", role))
    line = interpolated(x[i], y[j], None if codes_a is None else codes_a[i], None if codes_b is None else codes_b[j])
    name = str(view.class_values[line.code]) if line.code >= 0 and line.code < len(view.class_values) else ""
    return NearCopies(
        role,
        len(j),
        int(flags.sum()),
        len(i) / max(1, round(view.sheets["train"].total * len(first) / len(a))),
        found.own,
        found.z,
        found.closeness,
        found.smooth if view.image_shape or view.kind in ("text", "tokens") or many_valued(a).all() else 0.0,
        same,
        line.count,
        line.rows,
        name,
        line.elsewhere,
        int(share.equal.sum()),
        tuple(int(j[q]) for q in np.flatnonzero(flags)[:8]),
    )


def _same_numbers(view: View, role: str, mine: np.ndarray, theirs: np.ndarray) -> float | None:
    """1 for equal numbers in pairs of rows, 0 for such as differ like any two rows: 1 - half the squared error over the variance."""
    a, b = (view.sheets[r].target for r in ("train", role))
    if a is None or b is None or a.values.shape[1:] != b.values.shape[1:] or view.task != "numbers":
        return None
    spread = float(np.nanvar(a.values, axis=0).mean())
    return float(1 - np.nanmean((a.values[mine] - b.values[theirs]) ** 2) / (2 * spread)) if spread > 0 else None


def _sample_codes(view: View, role: str) -> np.ndarray | None:
    target = view.sheets[role].target
    return None if target is None else target.codes
