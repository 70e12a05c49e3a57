"""Distributions of the splits over each other, and rows to look at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from traindx.facts.pictures import ColumnPicture, RowGroup, RowPicture
from traindx.facts.skill import numeric
from traindx.reporters.recorded.predictions import Judged, judged
from traindx.reporters.words import number

if TYPE_CHECKING:
    from traindx.facts.diagnosis import Diagnosis, Suspect
    from traindx.facts.observation import Split, Training

COLUMNS, BINS, FEW, LOOKED_AT = 8, 24, 30, 2000
ROWS, VALUES = 6, 8
ROLES = ("train", "validation", "test")


def columns_of(training: Training, diagnosis: Diagnosis) -> tuple[ColumnPicture, ...]:
    """The columns whose splits are furthest apart, those that an alarm names first; then the labels."""
    splits = {role: training.splits[role] for role in ROLES if role in training.splits}
    splits = {role: split for role, split in splits.items() if split.x and len(split.x[0])}
    if len(splits) < 2:
        return ()
    named = {suspect.column for suspect in diagnosis.alarms if suspect.column}
    drawn = [(column.column not in named, -apart, column) for column, apart in _inputs(splits)]
    drawn.sort(key=lambda entry: entry[:2])
    labels = {role: split.y[0] for role, split in splits.items() if split.y}
    picture = _column("labels", {role: _flat(y) for role, y in labels.items()}) if len(labels) > 1 else None
    return tuple([column for _, _, column in drawn[:COLUMNS]] + ([picture[0]] if picture else []))


def _inputs(splits: dict[str, Split]) -> list[tuple[ColumnPicture, float]]:
    arrays = {role: numeric(split.x[0]) for role, split in splits.items()}
    known = {role: a for role, a in arrays.items() if a is not None}
    first = next(iter(known.values()), None)
    if first is None or len(known) < 2:
        return []
    if first.ndim != 2 or first.shape[1] > LOOKED_AT:
        made = _column("all input values", {role: a.reshape(-1)[:200_000] for role, a in known.items()})
        return [made] if made else []
    names = next(iter(splits.values())).columns
    found = [
        _column(names[j] if j < len(names) else f"column {j}", {role: a[:, j] for role, a in known.items()})
        for j in range(first.shape[1])
        if all(a.shape[1:] == first.shape[1:] for a in known.values())
    ]
    return [made for made in found if made]


def _column(name: str, values: dict[str, np.ndarray | None]) -> tuple[ColumnPicture, float] | None:
    finite = {role: v[np.isfinite(v)] for role, v in values.items() if v is not None}
    finite = {role: v for role, v in finite.items() if v.size}
    if len(finite) < 2:
        return None
    edges = _edges(np.concatenate(list(finite.values())))
    shares = {r: np.histogram(np.clip(v, edges[0], edges[-1]), edges)[0] / v.size for r, v in finite.items()}
    roles = list(finite)
    apart = {role: _apart(finite[roles[0]], finite[role]) for role in roles[1:]}
    worst = max(apart, key=lambda role: apart[role])
    note = f"up to {apart[worst]:.0%} of the rows of {worst} lie elsewhere" if apart[worst] > 0.1 else ""
    drawn = tuple((role, tuple(share.tolist())) for role, share in shares.items())
    return ColumnPicture(name, tuple(edges.tolist()), drawn, note), apart[worst]


def _edges(values: np.ndarray) -> np.ndarray:
    distinct: np.ndarray = np.unique(values)
    if 1 < len(distinct) <= FEW:
        middles = (distinct[:-1] + distinct[1:]) / 2
        ends = 2 * distinct[0] - middles[0], 2 * distinct[-1] - middles[-1]
        return np.array([ends[0], *middles.tolist(), ends[1]])
    low, high = (float(np.quantile(values, share)) for share in (0.001, 0.999))
    return np.linspace(low, high, BINS + 1) if high > low else np.array([low - 0.5, low + 0.5])


def _apart(a: np.ndarray, b: np.ndarray) -> float:
    """Greatest distance of the cumulative shares (Kolmogorov-Smirnov)."""
    places = np.sort(np.concatenate([a, b]))
    shares = [np.searchsorted(np.sort(v), places, side="right") / v.size for v in (a, b)]
    return float(np.abs(shares[0] - shares[1]).max())


def _flat(y: np.ndarray) -> np.ndarray | None:
    values = numeric(y)
    if values is None:
        return None
    return values.argmax(axis=1).astype(float) if values.ndim == 2 else values.reshape(-1)


def rows_of(training: Training, diagnosis: Diagnosis) -> tuple[RowGroup, ...]:
    """Rows that a finding doubts, that stand in two splits, and that are wrong with the most confidence."""
    groups = [group for suspect in diagnosis.findings if (group := _doubted(suspect, training.splits))]
    groups += _shared(training.splits)
    seen = judged(training)
    if seen is not None and (wrong := _confident(seen, training.splits[seen.split])):
        groups.append(wrong)
    return tuple(groups)


def _doubted(suspect: Suspect, splits: dict[str, Split]) -> RowGroup | None:
    """The first rows of a finding that were sampled, each beside what a model says of it."""
    rows: list[RowPicture] = []
    for row in suspect.rows:
        split = splits.get(row.split)
        places = np.arange(len(split.x[0])) if split is not None and split.rows is None else split.rows if split else None
        at = np.flatnonzero(places == row.row) if places is not None else np.zeros(0, int)
        if split is not None and len(at) and len(rows) < ROWS:
            rows.append(_row(split, int(at[0]), row.split, row.row, row.label, row.said))
    return RowGroup(f"Doubted by {suspect.check}: are these labels right?", tuple(rows)) if rows else None


def _shared(splits: dict[str, Split]) -> list[RowGroup]:
    train = splits.get("train")
    if train is None or train.hashes is None:
        return []
    groups: list[RowGroup] = []
    for role, split in splits.items():
        own = split.sampled_hashes
        if role == "train" or own is None:
            continue
        hits: list[int] = np.flatnonzero(np.isin(own, train.hashes))[: ROWS // 2].tolist()
        for hit in hits:
            here = _row(split, hit, role, hit if split.rows is None else int(split.rows[hit]))
            groups.append(RowGroup(f"The same row in train and {role}", (_twin(train, own[hit], here), here)))
    return groups


def _twin(train: Split, row_hash: int, here: RowPicture) -> RowPicture:
    """The training row with this hash, drawn as its equal; `hashes` are those of every row or of the sample."""
    assert train.hashes is not None
    at = int(np.flatnonzero(train.hashes == row_hash)[0])
    if train.hashed_whole:
        return replace(here, split="train", row=at, label=_label(train.labels, at))
    return _row(train, at, "train", at if train.rows is None else int(train.rows[at]))


def _confident(seen: Judged, split: Split) -> RowGroup | None:
    order = [i for i in np.argsort(-seen.confidence).tolist() if seen.predicted[i] != seen.labels[i]][:ROWS]
    if not order:
        return None
    places = split.rows if split.rows is not None else np.arange(len(seen.labels))
    rows: list[RowPicture] = []
    for i in order:
        predicted = f"{seen.predicted[i]} ({seen.confidence[i]:.2f})"
        rows.append(_row(split, i, seen.split, int(places[i]), str(seen.labels[i]), predicted))
    return RowGroup("Wrong with the most confidence: are these labels right?", tuple(rows))


def _row(split: Split, at: int, role: str, place: int, label: str = "", predicted: str = "") -> RowPicture:
    label = label or _label(split.y[0] if split.y else None, at)
    values = split.x[0][at]
    image = _image(values)
    shown = () if image is not None else _values(split, values)
    return RowPicture(role, place, label, predicted, image, shown)


def _image(values: np.ndarray) -> np.ndarray | None:
    """Rows of two or three axes whose last is a colour: drawn with their own least and greatest value as ends."""
    if values.ndim == 3 and values.shape[2] not in (1, 3):
        return None
    if values.ndim not in (2, 3) or min(values.shape[:2]) < 8 or values.dtype.kind not in "biuf":
        return None
    pixels = np.nan_to_num(values.astype(float))
    low, high = float(pixels.min()), float(pixels.max())
    return ((pixels - low) / ((high - low) or 1.0) * 255).astype(np.uint8)


def _values(split: Split, values: np.ndarray) -> tuple[tuple[str, str], ...]:
    flat = values.reshape(-1)[:VALUES]
    names = [split.columns[i] if i < len(split.columns) else f"column {i}" for i in range(len(flat))]
    plain = [number(v.item()) if hasattr(v, "item") else str(v) for v in flat]
    return tuple(zip(names, plain, strict=True))


def _label(labels: np.ndarray | None, at: int) -> str:
    if labels is None or at >= len(labels):
        return ""
    value = np.asarray(labels[at]).reshape(-1)
    if value.size > 1:
        return str(int(value.argmax()))
    return number(value[0].item()) if value.size and hasattr(value[0], "item") else ""
