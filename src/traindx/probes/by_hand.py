"""Scores that a program computes itself: a number it prints that predictions and an array at hand give together.

No arithmetic of the program is watched. When it prints a number after predicting, the arrays with as many rows that
stand in the frames that print are tried as labels: where the accuracy, the error or the like of the predictions
against one of them is that number to all printed digits, this is what was scored.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from traindx.facts.evaluation import Prediction
from traindx.facts.findings import Location
from traindx.facts.observation import ScoreCall
from traindx.facts.skill import numeric
from traindx.probes.callsite import user_frames
from traindx.probes.predictions import bound_scores
from traindx.probes.sample import as_array

MAX_FRAMES = 3
MAX_LABELS = 24
MAX_COLUMNS = 8
MAX_ROWS = 100_000
LEAST_ROWS = 20
MAX_SECONDS = 0.5
"""Spent on matching in one program, however much it prints."""
NUMBER = re.compile(r"[-+]?\d+\.(\d{2,})(?:[eE][-+]?\d+)?(?![\d.])")


@dataclass(frozen=True)
class Matched:
    """A printed number and the pair it comes from; `pairs`: the mean over all pairs of rows instead of row by row."""

    name: str
    labels: np.ndarray
    predicted: np.ndarray
    value: float
    pairs: bool = False

    def call(self, site: Location | None, order: int) -> ScoreCall:
        """As a score of the program."""
        return ScoreCall(self.name, site, np.array(self.labels), np.array(self.predicted), self.value, order, True, self.pairs)


def numbers_in(values: tuple[Any, ...]) -> Iterator[tuple[float, int | None]]:
    """(number, decimals or None for the number itself) of what is printed: floats, scalars, and numbers within text."""
    for value in values:
        if isinstance(value, str):
            yield from ((float(m.group()), len(m.group(1))) for m in NUMBER.finditer(value[:4000]))
        elif isinstance(value, dict):
            yield from numbers_in(tuple(value.values())[:64])
        elif isinstance(value, list | tuple):
            yield from numbers_in(tuple(value)[:64])
        elif isinstance(value, np.ndarray) and value.ndim <= 1 and value.size <= 64 and value.dtype.kind == "f":
            yield from ((float(v), None) for v in value.reshape(-1))
        elif isinstance(value, float | np.floating):
            yield float(value), None
        elif hasattr(value, "numpy") and getattr(value, "ndim", 1) == 0:
            yield float(value.numpy()), None


def near(value: float, number: float, decimals: int | None) -> bool:
    """Whether a value is the printed number: as it is, or rounded to its decimals."""
    return abs(number - value) <= (1e-6 * max(1.0, abs(value)) if decimals is None else 0.5000001 * 10.0**-decimals)


class ByHand:
    """Finds what the printed scores were computed from."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def said(self, values: tuple[Any, ...], predictions: Callable[[], Iterable[Prediction]]) -> list[Matched]:
        """The score among these printed values, from the latest predictions that give it; empty or one."""
        numbers = list(numbers_in(values))[:16] if self.seconds < MAX_SECONDS else []
        if not numbers:
            return []
        began = time.perf_counter()
        try:
            known = [p for p in predictions() if p.outputs is not None and LEAST_ROWS <= len(p.outputs) <= MAX_ROWS]
            return next(([m] for p in known[::-1] if (m := _match(numbers, p)) is not None), [])
        finally:
            self.seconds += time.perf_counter() - began


    def keep(self, found: list[Matched], site: Location | None, order: int, scores: list[ScoreCall]) -> int:
        """Add scores, each in the place of an earlier one that the same line printed; how many."""
        for at, one in enumerate(found):
            scores[:] = [s for s in scores if not (s.printed and s.location == site)]
            scores.append(one.call(site, order + at))
            bound_scores(scores)
        return len(found)


def _match(numbers: list[tuple[float, int | None]], made: Prediction) -> Matched | None:
    assert made.outputs is not None
    labels = labels_at_hand(made.outputs)
    for scored in chain(*(measures(made.outputs, y) for y in labels), _reordered(made.outputs, labels)):
        if any(_tells(scored.value, number, decimals, len(labels)) for number, decimals in numbers):
            return scored
    return averaged_over_rows(numbers, made.outputs, labels)


def _tells(value: float, number: float, decimals: int | None, candidates: int) -> bool:
    """A number that fits; 0 and 1, and numbers of two decimals, only where there is one array that it can come from."""
    plain = min(abs(value), abs(value - 1)) < 1e-9 or decimals == 2
    if plain and candidates > 1:
        return False
    return near(value, number, decimals) or decimals is not None and near(100 * value, number, decimals)


def labels_at_hand(outputs: np.ndarray) -> list[np.ndarray]:
    """Arrays of numbers in the frames that print, and in their module, with the predictions' rows, (n,) or (n, k)."""
    frames = user_frames(MAX_FRAMES)
    scopes = [f.f_locals for f in frames] + [f.f_globals for f in frames[:1]]
    width = outputs.shape[1] if outputs.ndim == 2 else 1
    raw = np.asarray(outputs, dtype=float).reshape(len(outputs), -1)
    found: list[np.ndarray] = []
    for value in (v for scope in scopes for one in list(scope.values()) for v in _columns(one)):
        array = _rows(value, len(outputs))
        if array is None or array.ndim == 2 and array.shape[1] not in (1, width):
            continue
        if any(a.shape == array.shape and np.array_equal(a, array) for a in found) or _made_of(array, raw):
            continue
        found.append(array)
        if len(found) >= MAX_LABELS:
            break
    return found


def _columns(value: Any) -> list[Any]:
    """The columns of a data frame, or the value itself."""
    if type(value).__name__ != "DataFrame":
        return [value]
    return [value, *(value.iloc[:, j] for j in range(min(MAX_COLUMNS, value.shape[1])))]


def _rows(value: Any, n: int) -> np.ndarray | None:
    """A variable as labels of n rows, or None."""
    if isinstance(value, list):
        fits = len(value) == n and isinstance(value[0], int | float | np.number)
        array = np.asarray(value) if fits else None
    else:
        shape = getattr(value, "shape", None)
        fits = isinstance(shape, tuple) or hasattr(shape, "as_list")
        array = as_array(value) if fits and shape is not None and 1 <= len(shape) <= 2 and shape[0] == n else None
    return array if array is not None and array.dtype.kind in "fiub" and array.ndim in (1, 2) else None


def _made_of(array: np.ndarray, raw: np.ndarray) -> bool:
    """Whether an array is the predictions themselves or what is made of each of them: classes, clipped or rescaled values."""
    flat = array.reshape(len(array), -1).astype(float)
    if flat.shape == raw.shape and np.allclose(flat, raw, atol=1e-6, equal_nan=True):
        return True
    if flat.shape[1] != 1:
        return flat.shape == raw.shape and all(_made_of(flat[:, [j]], raw[:, [j]]) for j in range(raw.shape[1]))
    own = raw.argmax(axis=1).astype(float) if raw.shape[1] > 1 else raw[:, 0]
    order = np.argsort(own, kind="stable")
    steps = np.diff(flat[order, 0])
    if raw.shape[1] > 1:
        return bool(np.array_equal(flat[:, 0], own))
    return bool((steps >= 0).all() or (steps <= 0).all())


def _reordered(outputs: np.ndarray, labels: list[np.ndarray]) -> Iterator[Matched]:
    """The accuracy of predicted classes that stand among `labels` in another order than they were predicted in."""
    raw = numeric(outputs)
    if raw is None or not np.isfinite(raw).all():
        return
    hard = raw.argmax(axis=1) if raw.ndim == 2 else (raw > 0.5).astype(int)
    counts = np.unique(hard, return_counts=True)
    for said in labels:
        mine = np.unique(said, return_counts=True) if said.ndim == 1 and said.dtype.kind in "iuf" else ((), ())
        if len(counts[0]) < 2 or len(mine[0]) != len(counts[0]) or not all(map(np.array_equal, mine, counts)):
            continue
        for y in labels:
            if y is not said and y.ndim == 1 and y.dtype.kind in "iuf":
                yield Matched("accuracy", y, said, float((said == y).mean()))


def row_averages(said: np.ndarray, y: np.ndarray) -> Iterator[tuple[str, float]]:
    """Precision, recall and F1 of several yes-or-no labels (n, k), each row by itself and 0 where undefined, averaged."""
    hit, called, there = ((a != 0).sum(axis=1) for a in (np.logical_and(said, y), said, y))
    yield "precision", float((hit / np.maximum(called, 1)).mean())
    yield "recall", float((hit / np.maximum(there, 1)).mean())
    yield "F1", float((2 * hit / np.maximum(called + there, 1)).mean())


def averaged_over_rows(numbers: list[tuple[float, int | None]], outputs: np.ndarray, labels: list[np.ndarray]) -> Matched | None:
    """A printed precision, recall or F1 that is the average over rows: two of them must be printed together, since
    one number of a few decimals fits one of so many by chance. The labels may be the first or last rows of an array."""
    if outputs.ndim != 2 or outputs.shape[1] < 2:
        return None
    said = outputs > 0.5
    for y in (*labels, *_ends_at_hand(outputs.shape)):
        if y.shape != outputs.shape or not np.isin(y, (0, 1)).all():
            continue
        found = [(name, v) for name, v in row_averages(said, y) if any(near(v, x, d) for x, d in numbers)]
        if len(found) > 1:
            name, value = found[0]
            return Matched(f"{name} over rows", y, said.astype(float), value)
    return None


def _ends_at_hand(shape: tuple[int, ...]) -> Iterator[np.ndarray]:
    """The first and the last rows of larger arrays in the frames that print."""
    frames = user_frames(MAX_FRAMES)
    for scope in (*(f.f_locals for f in frames), *(f.f_globals for f in frames[:1])):
        for value in list(scope.values()):
            if isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[1] == shape[1] and len(value) > shape[0]:
                yield value[-shape[0] :]
                yield value[: shape[0]]


def measures(outputs: np.ndarray, y: np.ndarray) -> Iterator[Matched]:
    """What programs compute from predictions and labels, by rows and, where shapes broadcast, over all pairs of rows."""
    p, t = numeric(outputs), numeric(y)
    if p is None or t is None or not np.isfinite(p).all() or not np.isfinite(t).all():
        return
    crossed = outputs.ndim != y.ndim and p.ndim == t.ndim == 1
    if p.shape == t.shape:
        yield from _errors(p, t, outputs, y)
        if crossed:
            wrong = p.var() + t.var() + (p.mean() - t.mean()) ** 2
            yield Matched("mean squared error", y, outputs, float(wrong), pairs=True)
            yield Matched("root mean squared error", y, outputs, float(np.sqrt(wrong)), pairs=True)
    classes = (t == np.round(t)).all() and len(np.unique(t)) <= max(2, min(1000, len(t) // 5))
    if not classes:
        return
    ids = t.argmax(axis=1).astype(float) if t.ndim == 2 and t.shape == p.shape else t
    if ids.ndim != 1:
        return
    hard = [p.argmax(axis=1).astype(float)] if p.ndim == 2 else [(p > c).astype(float) for c in (0.5, 0.0)] + [np.round(p)]
    for said in hard:
        if said.shape == ids.shape:
            yield from _hits(said, ids, y, crossed)


def _errors(p: np.ndarray, t: np.ndarray, outputs: np.ndarray, y: np.ndarray) -> Iterator[Matched]:
    squared, absolute = float(np.square(p - t).mean()), float(np.abs(p - t).mean())
    columns = float(np.square(t - t.mean(axis=0)).mean())
    yield Matched("mean squared error", y, outputs, squared)
    yield Matched("root mean squared error", y, outputs, float(np.sqrt(squared)))
    yield Matched("mean absolute error", y, outputs, absolute)
    if columns > 0:
        yield Matched("explained variance", y, outputs, 1 - squared / columns)
        yield Matched("explained variance", y, outputs, 1 - squared / float(t.var()))
        yield Matched("relative error", y, outputs, squared / columns)
        yield Matched("relative error", y, outputs, float(np.sqrt(squared / columns)))


def _hits(said: np.ndarray, ids: np.ndarray, y: np.ndarray, crossed: bool) -> Iterator[Matched]:
    accuracy = float((said == ids).mean())
    yield Matched("accuracy", y, said, accuracy)
    yield Matched("error rate", y, said, 1 - accuracy)
    if crossed:
        values = np.unique(ids)
        together = float(sum((said == v).mean() * (ids == v).mean() for v in values))
        yield Matched("accuracy", y, said, together, pairs=True)
    values = np.unique(ids)
    if len(values) <= 2 and ids.max() == 1:
        hit, called, there = float(((said == 1) & (ids == 1)).sum()), float((said == 1).sum()), float((ids == 1).sum())
        if called:
            yield Matched("precision", y, said, hit / called)
        yield Matched("recall", y, said, hit / max(there, 1.0))
        if called + there:
            yield Matched("F1", y, said, 2 * hit / (called + there))
    if len(values) > 1:
        each = [(said[ids == v] == v).mean() for v in values]
        yield Matched("balanced accuracy", y, said, float(np.mean(each)))
