"""Leaks between splits: groups, time, windows, and columns made from the label; each with its honest counterpart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from planting import Case, Rng, _rich

Plant = Callable[[Case, Rng, Any], Case | None]
LEAST = 250


def _table(real: Any) -> bool:
    return real.kind == "table" and len(real.x) >= LEAST


def _case(case: Case, x: np.ndarray, y: np.ndarray, held: np.ndarray, real: Any, names: tuple[str, ...] = ()) -> Case:
    splits = {"train": (x[~held], y[~held]), "test": (x[held], y[held])}
    return Case(case.name, splits, real.classes, columns=names)


def _names(x: np.ndarray, *more: str) -> tuple[str, ...]:
    return (*(f"v{j}" for j in range(x.shape[1])), *more)


def grouped(mixed: bool) -> Plant:
    """Eight rows a patient with like, not equal, labels, and the patient's number among the inputs; patients on both sides or not."""

    def plant(case: Case, rng: Rng, real: Any) -> Case | None:
        x, y = real.x[:1600], real.y[:1600]
        counts = np.unique(y, return_counts=True)[1]
        if not _table(real) or (real.classes and (counts.max() > 0.9 * len(y) or counts.min() < 60)):
            return None
        order = np.argsort(y + rng.normal(0, 0.35 * y.std(), len(y)), kind="stable")
        who = np.empty(len(y), int)
        who[order] = np.arange(len(y)) // 8
        number = rng.permutation(who.max() + 1)[who]
        held = rng.random(len(y)) < 0.3 if mixed else np.isin(who, rng.permutation(who.max() + 1)[: int(0.3 * who.max())])
        return _case(case, np.c_[x, number], y, held, real, _names(x, "patient_id"))

    return plant


def _as_series(x: np.ndarray, y: np.ndarray, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """The rows in an order in which targets of neighbours are alike, but no stretch of time differs from another."""
    wave = np.sin(np.arange(len(y)) * 12 * np.pi / len(y)) + rng.normal(0, 0.3, len(y))
    order = np.empty(len(y), int)
    order[np.argsort(wave)] = np.argsort(y + rng.normal(0, 1e-3, len(y)) * y.std())
    return x[order], y[order]


def in_time(mixed: bool) -> Plant:
    """Rows in time with a date column, where neighbours have like targets; mixed by a random split, or cut at a date."""

    def plant(case: Case, rng: Rng, real: Any) -> Case | None:
        if not _table(real) or (real.classes and np.unique(real.y, return_counts=True)[1].max() > 0.9 * len(real.y)):
            return None
        x, y = _as_series(real.x[:2000], real.y[:2000], rng)
        held = rng.random(len(y)) < 0.3 if mixed else np.arange(len(y)) >= int(0.67 * len(y))
        return _case(case, np.c_[x, np.arange(len(y)) + 18000.0], y, held, real, _names(x, "date"))

    return plant


def windows(mixed: bool, length: int = 12) -> Plant:
    """Windows of a series (a real column, summed up) and its next value; shuffled before the split, or cut in time."""

    def plant(case: Case, rng: Rng, real: Any) -> Case | None:
        if not _table(real) or not len(_rich(real.x)):
            return None
        column = real.x[:1500, _rich(real.x)[0]]
        series = np.cumsum((column - column.mean()) / column.std())
        x = np.lib.stride_tricks.sliding_window_view(series, length)[:-1].copy()
        y = series[length:]
        held = rng.random(len(y)) < 0.3 if mixed else np.arange(len(y)) >= int(0.7 * len(y))
        return Case(case.name, {"train": (x[~held], y[~held]), "test": (x[held], y[held])}, False)

    return plant


def trailing_mean(centred: bool) -> Plant:
    """Rows in time with a column that is the mean of three targets: around the row, or before it."""

    def plant(case: Case, rng: Rng, real: Any) -> Case | None:
        if not _table(real) or real.classes:
            return None
        x, y = _as_series(real.x[:2000], real.y[:2000], rng)
        mean = np.convolve(y, np.ones(3) / 3, mode="same")
        mean = mean if centred else np.concatenate([[y[0]] * 2, mean[:-2]])
        held = np.arange(len(y)) >= int(0.67 * len(y))
        return _case(case, np.c_[x, mean], y, held, real)

    return plant


def recordings(case: Case, rng: Rng, real: Any) -> Case | None:
    """Six slightly different recordings of each row, mixed by a random split, without a number that tells whose."""
    x, y = real.x[:400], real.y[:400]
    if not _table(real) or len(_rich(x)) < 4 or real.name == "renewals":
        return None
    spread = np.where([len(np.unique(c)) > 20 for c in x.T], x.std(0), 0.0)
    x = np.concatenate([x + rng.normal(0, 0.04, x.shape) * spread for _ in range(6)])
    return _case(case, x, np.tile(y, 6), rng.random(len(x)) < 0.3, real)


def label_copy(case: Case, rng: Rng, real: Any) -> Case | None:
    """A column that is the class, wrong once in 200 rows, written with other numbers."""
    a, ya = case.splits["train"]
    b, yb = case.splits["test"]
    if real.kind == "image" or not real.classes or len(a) < 100:
        return None
    kinds = np.unique(real.y)
    named = dict(zip(kinds, rng.permutation(len(kinds)) * 10.0, strict=True))

    def add(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        wrong = rng.random(len(y)) < 0.005
        return np.c_[x, [named[v] for v in np.where(wrong, rng.choice(kinds, len(y)), y)]]

    from sklearn.ensemble import ExtraTreesClassifier

    known = ExtraTreesClassifier(40, random_state=0).fit(a[:2000], ya[:2000]).score(b[:1000], yb[:1000])
    if known > 0.93:
        return None  # the other columns give the label too: no measurement can tell which one is made from it
    return Case(case.name, {"train": (add(a, ya), ya), "test": (add(b, yb), yb)}, True)


LEAKS: dict[str, tuple[str, Plant]] = {
    "patients on both sides": ("group-leakage|split-overlap", grouped(mixed=True)),
    "recordings on both sides": ("group-leakage|split-overlap", recordings),
    "mixed in time": ("time-leakage", in_time(mixed=True)),
    "windows shuffled": ("time-leakage", windows(mixed=True)),
    "centred mean of targets": ("time-leakage|target-leakage", trailing_mean(centred=True)),
    "label copied": ("target-leakage", label_copy),
}
