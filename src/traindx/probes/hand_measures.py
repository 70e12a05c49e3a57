"""What programs compute from predictions and labels: scores as they are meant, and as they come out by usual mistakes.

`how` says what a value is where it is not what such a score is taken for: `pairs` (a mean over all pairs of rows, because
(n, 1) met (n,)), `predicted variance` (R2 over the variance of the predictions), `entries` (of one-hot rows, entry by
entry), `batches` (a precision, recall or F1 averaged over batches).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from traindx.facts.skill import numeric

MOST_CLASSES = 1000
MOST_BATCHES = 64


@dataclass(frozen=True)
class Matched:
    """A score by its name, the pair it comes from, how it was computed where that is a mistake, and how outputs were read."""

    name: str
    labels: np.ndarray
    predicted: np.ndarray
    value: float
    how: str = ""
    form: str = ""

    @property
    def pairs(self) -> bool:
        """Whether it is a mean over all pairs of rows instead of row by row."""
        return self.how == "pairs"


def measures(outputs: np.ndarray, y: np.ndarray) -> Iterator[Matched]:
    """Scores of outputs (n,) or (n, k) against an array (n,) or (n, k); over all pairs where there is one number a row."""
    p, t = numeric(outputs), numeric(y)
    if p is None or t is None or not np.isfinite(p).all() or not np.isfinite(t).all():
        return
    classes = is_classes(t)
    if p.shape == t.shape:
        yield from _errors(p, t, outputs, y)
        if p.ndim == 1 and not classes:
            yield from _crossed_errors(p, t, outputs, y)
    if not classes:
        return
    one_hot = t.ndim == 2 and t.shape == p.shape and bool((t.sum(axis=1) == 1).all())
    ids = t.argmax(axis=1).astype(float) if t.ndim == 2 and t.shape == p.shape else t
    if ids.ndim != 1:
        return
    hard = readings(p)
    for form, said in hard:
        if said.shape == ids.shape:
            yield from hits(said, ids, y, form)
    if p.ndim == 1 and p.shape == t.shape:
        yield from (m for form, said in hard for m in _crossed_hits(said, ids, y, form))
        yield from _crossed_errors(p, t, outputs, y)
    if one_hot:
        yield Matched("accuracy", y, outputs, float((np.round(p) == t).mean()), "entries")


def readings(p: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """(how, classes (n,)) that programs read from outputs (n,) or (n, k).

    A cut that all rows pass, or none, is left out where another parts them: its scores are shares of the labels, and
    programs print these too.
    """
    if p.ndim == 2:
        return [("argmax", p.argmax(axis=1).astype(float))]
    ways = [*((f"above {c:g}", (p > c).astype(float)) for c in (0.5, 0.0)), ("rounded", np.round(p))]
    return [(how, said) for how, said in ways if (said != said[0]).any()] or ways


def is_classes(t: np.ndarray) -> bool:
    """Whether numbers look like classes: whole, and few for so many rows."""
    return bool((t == np.round(t)).all()) and len(np.unique(t)) <= max(2, min(MOST_CLASSES, len(t) // 5))


def _errors(p: np.ndarray, t: np.ndarray, outputs: np.ndarray, y: np.ndarray) -> Iterator[Matched]:
    squared, absolute = float(np.square(p - t).mean()), float(np.abs(p - t).mean())
    columns = float(np.square(t - t.mean(axis=0)).mean())
    yield Matched("mean squared error", y, outputs, squared)
    yield Matched("root mean squared error", y, outputs, float(np.sqrt(squared)))
    yield Matched("mean absolute error", y, outputs, absolute)
    if columns > 0:
        yield Matched("explained variance", y, outputs, 1 - squared / columns)
        yield Matched("explained variance", y, outputs, 1 - squared / float(t.var()), form="all columns")
        yield Matched("relative error", y, outputs, squared / columns)
        yield Matched("relative error", y, outputs, float(np.sqrt(squared / columns)), form="root")
    if t.all():
        yield Matched("mean absolute percentage error", y, outputs, float((np.abs(p - t) / np.abs(t)).mean()))
    if columns > 0 and p.var() > 0 and p.ndim == 1:
        yield Matched("explained variance", y, outputs, 1 - squared / float(p.var()), "predicted variance")


def _crossed_errors(p: np.ndarray, t: np.ndarray, outputs: np.ndarray, y: np.ndarray) -> Iterator[Matched]:
    """Errors of numbers (n,) over all pairs of rows."""
    squared = float(p.var() + t.var() + (p.mean() - t.mean()) ** 2)
    yield Matched("mean squared error", y, outputs, squared, "pairs")
    yield Matched("root mean squared error", y, outputs, float(np.sqrt(squared)), "pairs")
    yield Matched("mean absolute error", y, outputs, float(distances(p, t).mean()), "pairs")
    if t.var() > 0:
        yield Matched("explained variance", y, outputs, float(1 - squared / t.var()), "pairs")
        yield Matched("explained variance", y, outputs, float(1 - len(t) * squared / t.var()), "pairs", "summed")
    if t.all():
        yield Matched("mean absolute percentage error", y, outputs, float((distances(p, t) / np.abs(t)).mean()), "pairs")


def distances(p: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Mean distance of each t (n,) from all p (n,), by sorting."""
    ordered = np.sort(p)
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    below = np.searchsorted(ordered, t)
    left = below * t - sums[below]
    return (left + (sums[-1] - sums[below]) - (len(p) - below) * t) / len(p)


def hits(said: np.ndarray, ids: np.ndarray, y: np.ndarray, form: str = "") -> Iterator[Matched]:
    """Accuracy and the like of classes said (n,) against classes (n,)."""
    accuracy = float((said == ids).mean())
    yield Matched("accuracy", y, said, accuracy, form=form)
    yield Matched("error rate", y, said, 1 - accuracy, form=form)
    values = np.unique(ids)
    if len(values) < 2:
        return
    if len(values) == 2 and values[0] == 0 and values[1] == 1:
        for name, value in yes_or_no(said, ids):
            yield Matched(name, y, said, value, form=form)
    each = [by_class(said, ids, v) for v in (values if len(values) <= 50 else values[:0])]
    for name, column in zip(("precision", "recall", "F1"), np.array(each).T, strict=False):
        yield Matched(f"mean {name} of the classes", y, said, float(column.mean()), form=form)
    yield Matched("balanced accuracy", y, said, float(np.mean([(said[ids == v] == v).mean() for v in values])), form=form)


def yes_or_no(said: np.ndarray, ids: np.ndarray) -> Iterator[tuple[str, float]]:
    """Precision, recall, F1 and rates of false answers, of answers (n,) where 1 is yes."""
    yes, there = said == 1, ids == 1
    hit, called, real = float((yes & there).sum()), float(yes.sum()), float(there.sum())
    yield "precision", hit / max(called, 1.0)
    yield "recall", hit / max(real, 1.0)
    yield "F1", 2 * hit / max(called + real, 1.0)
    yield "overlap", hit / max(called + real - hit, 1.0)
    yield "false positive rate", (called - hit) / max(float((~there).sum()), 1.0)


def by_class(said: np.ndarray, ids: np.ndarray, value: float) -> tuple[float, float, float]:
    """(precision, recall, F1) of one class, 0 where undefined."""
    hit, called, real = float(((said == value) & (ids == value)).sum()), float((said == value).sum()), float((ids == value).sum())
    return hit / max(called, 1.0), hit / max(real, 1.0), 2 * hit / max(called + real, 1.0)


def _crossed_hits(said: np.ndarray, ids: np.ndarray, y: np.ndarray, form: str) -> Iterator[Matched]:
    """The share of equal classes over all pairs of rows, and F1; precision and recall come out as shares of 1 in the labels
    and in the answers, which programs print as such."""
    values = np.unique(ids)
    yield Matched("accuracy", y, said, float(sum((said == v).mean() * (ids == v).mean() for v in values)), "pairs", form)
    yes, real = float((said == 1).mean()), float((ids == 1).mean())
    if set(values) == {0.0, 1.0} and yes:
        yield Matched("F1", y, said, 2 * yes * real / (yes + real), "pairs", form)


UNEVEN = {"precision", "recall", "F1"}
"""Scores whose mean over batches is not that of all rows; of the others it is, but for a shorter last batch."""


def over_batches(p: np.ndarray, y: np.ndarray, ends: tuple[int, ...]) -> Iterator[Matched]:
    """Scores of outputs (n, ...) and labels (n, ...) batch by batch, averaged; `ends` are those of the batches."""
    if not 1 < len(ends) <= MOST_BATCHES:
        return
    sums: dict[tuple[str, str, str], tuple[float, Matched]] = {}
    for one, labels in zip(np.split(p, ends[:-1]), np.split(y, ends[:-1]), strict=True):
        for m in measures(one, labels):
            key = m.name, m.how, m.form
            sums[key] = sums.get(key, (0.0, m))[0] + m.value, m
    read = dict(readings(flat)) if (flat := numeric(p)) is not None and flat.ndim <= 2 else {}
    for (name, how, form), (total, _) in sums.items():
        yield Matched(name, y, read.get(form, p), total / len(ends), how or ("batches" if name in UNEVEN else ""), form)


def row_averages(said: np.ndarray, y: np.ndarray) -> Iterator[tuple[str, float]]:
    """Precision, recall and F1 of several yes-or-no labels (n, k), each row by itself and 0 where undefined, averaged."""
    hit, called, there = ((a != 0).sum(axis=1) for a in (np.logical_and(said, y), said, y))
    yield "precision", float((hit / np.maximum(called, 1)).mean())
    yield "recall", float((hit / np.maximum(there, 1)).mean())
    yield "F1", float((2 * hit / np.maximum(called + there, 1)).mean())
