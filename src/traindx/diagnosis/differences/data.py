"""What differs in the data: splits, sizes, shapes, distributions, shared rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from traindx.facts.comparison import Difference, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from traindx.facts.observation import Split

APART = 0.2  # in spreads of the good run: a shift of the mean that is worth a line
COLUMNS = 3
CLASSES = 20


def data_differences(good: Mapping[str, Split], bad: Mapping[str, Split]) -> Iterator[Difference]:
    """Split by split."""
    for role in dict.fromkeys([*good, *bad]):
        a, b = good.get(role), bad.get(role)
        if a is None or b is None:
            yield Difference(Part.DATA, f"{role} split", _rows(a), _rows(b))
            continue
        if a.n != b.n:
            yield Difference(Part.DATA, f"{role} rows", a.n, b.n, b.location)
        yield from _shared(role, a, b)
        for what, was, now in (("input", a.x, b.x), ("target", a.y, b.y)):
            if [v.shape[1:] for v in was] != [v.shape[1:] for v in now]:
                yield Difference(Part.DATA, f"{role} {what} shape", _shapes(was), _shapes(now), b.location)
                continue
            names = b.columns if what == "input" else ()
            for place, (x, y) in enumerate(zip(was, now, strict=True)):
                suffix = f" {place}" if len(was) > 1 else ""
                yield from _values(f"{role} {what}{suffix}", x, y, names, b)
        yield from _classes(role, a, b)


def _rows(split: Split | None) -> str | None:
    return None if split is None else f"{split.n} rows" if split.n is not None else "unknown size"


def _shapes(arrays: tuple[np.ndarray, ...]) -> str:
    return ", ".join("x".join(map(str, a.shape[1:])) or "scalar" for a in arrays)


def _shared(role: str, good: Split, bad: Split) -> Iterator[Difference]:
    if good.hashes is None or bad.hashes is None or not len(good.hashes) or not len(bad.hashes):
        return
    share = float(np.isin(bad.hashes, good.hashes).mean())
    if share < 1:
        yield Difference(Part.DATA, f"{role} rows that stand in the good run too", "100%", f"{share:.0%}", bad.location)
    elif good.rows is not None and len(good.hashes) == len(bad.hashes) and not np.array_equal(good.hashes, bad.hashes):
        yield Difference(Part.DATA, f"{role} order of the rows", "its own", "another", bad.location)


def _values(what: str, good: np.ndarray, bad: np.ndarray, names: tuple[str, ...], split: Split) -> Iterator[Difference]:
    if not (_numeric(good) and _numeric(bad)):
        return
    a, b = (v.reshape(len(v), -1).astype(float) for v in (good, bad))
    was, now = (float((~np.isfinite(v)).mean()) if v.size else 0.0 for v in (a, b))
    if was != now:
        yield Difference(Part.DATA, f"{what} share not finite", was, now, split.location)
    if a.shape[1] > 1 and good.ndim == 2:
        yield from _columns(what, a, b, names, split)
    a, b = a[np.isfinite(a)], b[np.isfinite(b)]
    if not a.size or not b.size:
        return
    spread = float(a.std()) or 1.0
    if abs(float(b.mean()) - float(a.mean())) > APART * spread:
        yield Difference(Part.DATA, f"{what} mean", float(a.mean()), float(b.mean()), split.location)
    if not 1 - APART <= (float(b.std()) or 1e-12) / spread <= 1 + APART:
        yield Difference(Part.DATA, f"{what} spread", float(a.std()), float(b.std()), split.location)


def _columns(what: str, a: np.ndarray, b: np.ndarray, names: tuple[str, ...], split: Split) -> Iterator[Difference]:
    """The columns whose means are furthest apart, in spreads of the good run."""
    with np.errstate(all="ignore"):
        means = [np.nanmean(np.where(np.isfinite(v), v, np.nan), axis=0) if len(v) else v for v in (a, b)]
        spread = np.nanstd(np.where(np.isfinite(a), a, np.nan), axis=0) if len(a) else a
        apart = np.nan_to_num(np.abs(means[1] - means[0]) / np.where(spread > 0, spread, 1.0))
    worst: list[int] = np.argsort(-apart)[:COLUMNS].tolist() if apart.ndim == 1 else []
    for column in worst:
        if apart[column] > APART:
            name = names[column] if column < len(names) else str(column)
            was, now = (float(m[column]) for m in means)
            yield Difference(Part.DATA, f"{what} column {name} mean", was, now, split.location)


def _classes(role: str, good: Split, bad: Split) -> Iterator[Difference]:
    ours, theirs = _count(good), _count(bad)
    if ours is None or theirs is None:
        return
    for name in dict.fromkeys([*ours, *theirs]):
        was, now = (counts.get(name, 0) / (sum(counts.values()) or 1) for counts in (ours, theirs))
        if abs(was - now) > 0.05 or (was == 0) != (now == 0):
            what = f"{role} share of class {name}"
            yield Difference(Part.DATA, what, round(was, 4), round(now, 4), bad.location)


def _count(split: Split) -> dict[str, int] | None:
    labels = split.labels if split.labels is not None else split.y[0] if split.y else None
    if labels is None or not labels.size:
        return None
    if labels.ndim == 2 and labels.shape[1] > 1 and _numeric(labels):
        labels = labels.argmax(axis=1)
    values, counts = np.unique(labels.reshape(-1), return_counts=True)
    if len(values) > CLASSES:
        return None
    return {f"{v:g}" if _numeric(values) else str(v): int(c) for v, c in zip(values, counts, strict=True)}


def _numeric(array: np.ndarray) -> bool:
    return array.dtype.kind in "biuf"
