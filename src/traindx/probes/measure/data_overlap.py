"""Probes of rows in common: equal rows, near copies, interpolated rows, groups and windows on both sides."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_splits import NearCopies, RowOverlap, SharedGroups, SharedWindows, SplitTransforms
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.clusters import clusters
from traindx.probes.measure.data_columns import many_valued
from traindx.probes.measure.data_equal import Twins, repeated_classes, twins
from traindx.probes.measure.data_features import small_pictures
from traindx.probes.measure.data_labels import all_codes
from traindx.probes.measure.data_learn import Scaling, pick
from traindx.probes.measure.data_near import beyond, fraction_within, interpolated, nearest, tight_groups
from traindx.probes.measure.data_splits import transforms_of
from traindx.probes.measure.data_threads import one_thread
from traindx.probes.measure.data_view import Sheet, View, flat, view_of
from traindx.probes.rowhash import row_hashes

HELD = ("validation", "test")
QUERIES, KNOWN = 300, 3000
CLEAR, CLUSTERED, CLASS_MODES = 0.8, 1500, 4
"""Held-out rows with a gap around them that need no clustering; training rows that are clustered; groups a class, at least."""
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


def _oversampled(
    view: View, known: np.ndarray, role: str, held: np.ndarray
) -> tuple[tuple[str, float] | None, float]:
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
        rich = view.once("rich", lambda: _telling(train))
        scaling = view.once("closeness", lambda: Scaling.of(train[:, rich].astype(float)))
        return scaling(table[:, rich].astype(float), clip=50.0).astype(np.float32)

    return view.once(f"closeness {role}", make)


def _line_features(view: View, role: str) -> np.ndarray:
    """(n, d) in which rows between two others lie on a line: every column that varies, standardised."""
    if view.image_shape is not None or view.kind in ("text", "tokens"):
        return closeness_features(view, role)
    train = view.sheets["train"].table
    scaling = view.once("line", lambda: Scaling.of(train.astype(float)))
    return scaling(view.sheets[role].table.astype(float), clip=1e6)


def _telling(train: np.ndarray) -> np.ndarray:
    """Columns with many values where there are at least 4, else all that vary: few columns cannot tell rows apart."""
    rich = many_valued(train)
    return rich if rich.sum() >= 4 else train.std(0) > 0


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
    x, y = (_line_features(view, r) for r in ("train", role))
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
    at = _window(train.table) if len(shape) == 1 else slice(0, length)
    a, b = train.split.x[0][:, at].reshape(train.n, at.stop - at.start, -1), held.split.x[0][:, at].reshape(held.n, at.stop - at.start, -1)
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
    step = max(1, step_found)
    own = float(np.isin(row_hashes((a[:, :-step],)), row_hashes((a[:, step:],))).mean())
    return SharedWindows(role, held.n, float(best.mean()), border, sampled, at.stop - at.start, own)


DISTINCT = 0.3
"""Least share of different values in a column of a series."""


def _window(table: np.ndarray, least: int = 5) -> slice:
    """The longest stretch of columns each of which holds mostly values of the one before, in other rows: a series, beside
    which columns of another kind may stand; all columns where there is none of `least`. Columns of few values, as pixels
    are, hold each other's by chance."""
    distinct = np.array([len(np.unique(column)) for column in table.T])
    many = many_valued(table) & (distinct >= DISTINCT * len(table))
    follows = [many[j] and many[j + 1] and np.isin(table[:, j + 1], table[:, j]).mean() > 0.5 for j in range(table.shape[1] - 1)]
    best, start = slice(0, table.shape[1]), None
    longest = least - 1
    for j, on in enumerate([*follows, False]):
        start = j if on and start is None else start
        if not on and start is not None:
            if j - start + 1 > longest:
                best, longest = slice(start, j + 1), j - start + 1
            start = None
    return best
