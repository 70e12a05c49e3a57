"""Probes of rows in common: equal rows, near copies, interpolated rows, groups and windows on both sides."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_splits import NearCopies, RowOverlap, SharedGroups, SharedWindows, SplitTransforms
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_columns import many_valued
from traindx.probes.measure.data_labels import all_codes
from traindx.probes.measure.data_learn import Scaling, pick
from traindx.probes.measure.data_near import fraction_within, interpolated, nearest, tight_groups
from traindx.probes.measure.data_splits import transforms_of
from traindx.probes.measure.data_threads import one_thread
from traindx.probes.measure.data_view import Sheet, View, flat, small_pictures, view_of
from traindx.probes.rowhash import row_hashes

HELD = ("validation", "test")
QUERIES, KNOWN = 300, 3000


@probe
def row_overlap(training: Training, run: Observation) -> RowOverlap | NotMeasured:
    """Held-out rows whose inputs equal those of a training row, against repetition within training."""
    view = view_of(training)
    train = view.sheets.get("train")
    if train is None:
        return NotMeasured("no training rows")
    known = _hashes(train)
    values, counts = np.unique(known, return_counts=True)
    repeated = counts[np.searchsorted(values, known)] > 1
    best: RowOverlap | None = None
    for role in HELD:
        if role not in view.sheets:
            continue
        held = _hashes(view.sheets[role])
        inside = np.isin(held, values)
        same = _same_label(view, role, known, held, inside)
        kind, natural = _oversampled(view, known, repeated, role, held, inside)
        made = RowOverlap(
            role,
            len(held),
            int(inside.sum()),
            len(known),
            float(repeated.mean()),
            len(values) / len(known),
            same is not None,
            same,
            kind,
            natural,
            tuple(int(i) for i in np.flatnonzero(inside)[:8]),
            _undone(view, role),
        )
        if best is None or made.shared / made.rows > best.shared / best.rows:
            best = made
    return best or NotMeasured("no validation or test rows")


def _hashes(sheet: Sheet) -> np.ndarray:
    stored = sheet.split.hashes
    return stored if stored is not None and len(stored) else row_hashes(sheet.split.x)


def _same_label(view: View, role: str, known: np.ndarray, held: np.ndarray, inside: np.ndarray) -> float | None:
    """Share of shared rows with the label of an equal training row, where labels of all rows are known."""
    a, b = all_codes(view, "train"), all_codes(view, role)
    if a is None or b is None or len(a) != len(known) or len(b) != len(held) or not inside.any():
        return None
    order = np.argsort(known, kind="stable")
    at = order[np.searchsorted(known[order], held[inside])]
    return float((a[at] == b[inside]).mean())


def _oversampled(
    view: View, known: np.ndarray, repeated: np.ndarray, role: str, held: np.ndarray, inside: np.ndarray
) -> tuple[tuple[str, float] | None, float]:
    """(class, share of repeated rows) where one class repeats and the others do not, on both sides; and the others'."""
    a, b = all_codes(view, "train"), all_codes(view, role)
    if a is None or b is None or len(a) != len(known) or len(b) != len(held):
        return None, 0.0
    best: tuple[str, float] | None = None
    natural = 0.0
    for code, name in enumerate(view.class_values):
        mine, there = a == code, b == code
        if mine.sum() < 30 or there.sum() < 5 or (~mine).sum() < 30 or (~there).sum() < 5:
            continue
        rate, others = float(repeated[mine].mean()), float(repeated[~mine].mean())
        leaked, leaked_others = float(inside[there].mean()), float(inside[~there].mean())
        if rate - others > 0.4 and leaked - leaked_others > 0.4 and (best is None or leaked > best[1]):
            best, natural = (str(name), leaked), max(others, leaked_others)
    return best, natural


def _undone(view: View, role: str) -> str:
    """Equal rows that show only once a factor and offset between the splits are undone, as "shared/rows: map"."""
    found = transforms_of(view)
    if not isinstance(found, SplitTransforms):
        return ""
    scale = next((t for t in found.found if t.role == role and t.kind == "scale" and t.factor), None)
    if scale is None or scale.factor is None or scale.offset is None:
        return ""
    a, b = view.sheets["train"].table, view.sheets[role].table
    back = (b.astype(float) - scale.offset) / scale.factor
    size = np.maximum(np.abs(a).max(0), 1e-9)
    left, right = np.round(a / size * 2e4), np.round(back / size * 2e4)
    inside = np.isin(row_hashes((right,)), row_hashes((left,)))
    return f"{int(inside.sum())}/{len(b)}" if inside.sum() >= 3 else ""


def closeness_features(view: View, role: str) -> np.ndarray:
    """(n, d) float32 in which distance means likeness: pictures at 16 x 16, a table's many-valued columns standardised."""

    def make() -> np.ndarray:
        table = view.sheets[role].table
        if view.image_shape is not None:
            pictures = table.reshape(-1, *view.image_shape)
            return flat(small_pictures(pictures, 16)) if pictures[0].size > 1024 else table
        if view.kind in ("text", "tokens"):
            return view.features(role).astype(np.float32)
        train = view.sheets["train"].table
        rich = view.once("rich", lambda: many_valued(train))
        scaling = view.once("closeness", lambda: Scaling.of(train[:, rich].astype(float)))
        return scaling(table[:, rich].astype(float), clip=50.0).astype(np.float32)

    return view.once(f"closeness {role}", make)


def _held(view: View) -> str | None:
    roles = [r for r in HELD if r in view.sheets and view.sheets[r].n >= 15]
    return roles[0] if roles else None


@probe
def near_copies(training: Training, run: Observation) -> NearCopies | NotMeasured | NotApplicable:
    """Held-out rows far closer to a training row than the local spacing of rows explains."""
    view = view_of(training)
    role = _held(view)
    if role is None or "train" not in view.sheets or view.sheets["train"].n < 60:
        return NotMeasured("fewer than 60 training or 15 held-out rows in the sample")
    if view.sheets[role].table.shape[1] != view.sheets["train"].table.shape[1] or not view.sheets[role].table.shape[1]:
        return NotMeasured("no numeric inputs of equal shape")
    a, b = closeness_features(view, "train"), closeness_features(view, role)
    first = np.unique(row_hashes((a,)), return_index=True)[1]  # repeated training rows would shrink the local spacing
    i, j = np.sort(first)[pick(len(first), KNOWN)], pick(len(b), QUERIES, 1)
    if a.shape[1] < 4 or len(i) < 60 or not (np.isfinite(a[i]).all() and np.isfinite(b[j]).all()):
        return NotApplicable("fewer than 4 finite columns with many values, or 60 different rows")
    with one_thread():
        near, which = nearest(a[i], b[j], 40)
        inner, _ = nearest(a[i], a[i][pick(len(i), QUERIES, 2)], 41)
    share = fraction_within(near)
    within = fraction_within(inner[:, 1:], share.closeness)
    codes_a, codes_b = _sample_codes(view, "train"), _sample_codes(view, role)
    same = None
    if codes_a is not None and codes_b is not None and share.flags.any():
        same = float((codes_a[i][which[share.flags, 0]] == codes_b[j][share.flags]).mean())
    line = interpolated(
        a[i], b[j], which, None if codes_a is None else codes_a[i], None if codes_b is None else codes_b[j]
    )
    name = str(view.class_values[line.code]) if line.code >= 0 and line.code < len(view.class_values) else ""
    return NearCopies(
        role,
        len(j),
        int(share.flags.sum()),
        share.expected * len(j),
        float(within.flags.mean()),
        share.copies,
        share.closeness,
        same,
        line.count,
        line.rows,
        name,
        line.elsewhere,
        int(share.equal.sum()),
        tuple(int(j[q]) for q in np.flatnonzero(share.flags)[:8]),
    )


def _sample_codes(view: View, role: str) -> np.ndarray | None:
    target = view.sheets[role].target
    return None if target is None else target.codes


@probe
def shared_groups(training: Training, run: Observation) -> SharedGroups | NotMeasured | NotApplicable:
    """Ids, or tight groups of like rows, that stand on both sides of the split."""
    view = view_of(training)
    role = _held(view)
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
    alike = chance = 0.0
    if target is not None and size >= 2:
        coded = target.coded[i]
        total = float(((coded - coded.mean(0)) ** 2).sum(1).mean())
        members = which[:, : max(2, int(size))]
        inside = coded[members]
        alike = 1 - float(((inside - inside.mean(1, keepdims=True)) ** 2).sum(2).mean()) / max(total, 1e-12)
        chance = 1 / size
    return SharedGroups(role, "", int(len(i) / size) if size else 0, float(size), share, alike, chance)


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


@probe
def shared_windows(training: Training, run: Observation) -> SharedWindows | NotMeasured | NotApplicable:
    """Held-out windows that a training window continues by one to three steps."""
    view = view_of(training)
    role = _held(view)
    if view.kind not in ("table", "sequence", "tokens") or view.image_shape:
        return NotApplicable("inputs are neither a table nor sequences")
    if role is None or "train" not in view.sheets:
        return NotMeasured("no held-out split with 15 rows")
    train, held = view.sheets["train"], view.sheets[role]
    shape = train.split.x[0].shape[1:]
    length = shape[0] if shape else 0
    if len(train.split.x) != 1 or length < 5 or held.split.x[0].shape[1:] != shape:
        return NotApplicable("rows are too short to be windows")
    if many_valued(train.table).mean() < 0.5:
        return NotApplicable("rows hold few different values")
    a, b = train.split.x[0].reshape(train.n, length, -1), held.split.x[0].reshape(held.n, length, -1)
    best, step_found = np.zeros(held.n, bool), 0
    for step in (1, 2, 3):
        head, tail = b[:, :-step], b[:, step:]
        moving = flat(head).astype(float).std(1) > 0 if b.dtype.kind in "biuf" else np.ones(held.n, bool)
        follows = np.isin(row_hashes((head,)), row_hashes((a[:, step:],)))
        precedes = np.isin(row_hashes((tail,)), row_hashes((a[:, :-step],)))
        hit = (follows | precedes) & moving
        if hit.sum() > best.sum():
            best, step_found = hit, step
    sampled = min(1.0, train.n / max(1, train.total))
    border = 2 * max(1, step_found) / max(1, held.total)
    return SharedWindows(role, held.n, float(best.mean()), border, sampled, length)
