"""Codes that a held-out split was given by itself: numbered by its own frequencies, or as they first appear in it."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from traindx.facts.data_splits import Transform
from traindx.facts.observation import Split
from traindx.probes.measure.data_view import View

CHANCE = 1e-4
"""Of such an order under training's numbering, below which the split was numbered by itself."""
MOST_COLUMNS = 64


def numbered_anew(view: View, role: str) -> Transform | None:
    """Word ids or category codes of `role` that were numbered on its own rows, in whole samples of it.

    Keras' `TextVectorization` and `Tokenizer` number words by falling frequency, pandas' `factorize` values as they
    first appear. A split in which the very same order holds, with no exception, was numbered by itself.
    """
    held, train = view.splits[role], view.splits["train"]
    if held.n not in (None, len(held.x[0])) or held.source == "batches":
        return None
    names = _by_frequency(train, held) if view.kind == "tokens" else _by_appearance(train, held)
    if not names:
        return None
    how = "by their frequency" if view.kind == "tokens" else "as they first appear"
    what = "words" if view.kind == "tokens" else f"categories of {', '.join(names[:3])}"
    text = f"{what} are numbered {how} within {role}, and within training: one number means different things"
    return Transform("numbering", text, role, 1.0, 0.0, columns=tuple(names))


def _by_frequency(train: Split, held: Split) -> list[str]:
    """Whether counts of ids fall from id to id in the held-out rows; by training's frequencies they would not."""
    a, b = (np.nan_to_num(s.x[0]).astype(np.int64).ravel() for s in (train, held))
    if min(a.min(), b.min()) < 0 or max(a.max(), b.max()) > 100_000:
        return []
    size = int(max(a.max(), b.max())) + 1
    there, here = np.bincount(b, minlength=size)[2:], np.bincount(a, minlength=size)[2:] * (len(b) / len(a))
    last = int(np.flatnonzero(there)[-1]) + 1 if there.any() else 0  # ids 0 and 1 stand for padding and unknown words
    if last < 20 or (np.diff(there[:last]) > 0).any():
        return []
    expected = sum(_turned(x, y) for x, y in pairwise(here[:last]))
    return ["words"] if math.exp(-expected) < CHANCE else []


def _turned(more: float, fewer: float) -> float:
    """Chance that the second of two Poisson counts is the greater one, by the normal approximation."""
    return 0.5 * math.erfc((more - fewer + 0.5) / math.sqrt(2 * max(more + fewer, 1e-9)))


def _by_appearance(train: Split, held: Split) -> list[str]:
    """Columns of codes whose values first appear in rising order in both splits, though they are mixed."""
    found, log_chance = [], 0.0
    for name, a, b in _codes(train, held):
        if _rising(a, train.n in (None, len(a))) and _rising(b, True):
            found.append(name)
            log_chance += _log_chance(b)
    return found if log_chance < math.log(CHANCE) else []


def _log_chance(values: np.ndarray) -> float:
    """Logarithm of the chance that values first appear in rising order among mixed rows, by how frequent each is (Plackett
    1975): 1 / k! for k values alike in number, nearly 1 for counts, of which most are 0 and few are 1."""
    counts = np.unique(values, return_counts=True)[1]
    return float(np.log(counts / np.cumsum(counts[::-1])[::-1]).sum())


def _codes(train: Split, held: Split) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """(name, training values, held-out values) of every column of whole numbers that starts at 0 or 1."""
    found = []
    for at, (a, b) in enumerate(zip(train.x, held.x, strict=False)):
        if a.dtype.kind not in "iuf" or a.ndim > 2 or a.shape[1:] != b.shape[1:] or (a.ndim == 2 and a.shape[1] > MOST_COLUMNS):
            continue
        for j, (u, v) in enumerate(zip(a.reshape(len(a), -1).T, b.reshape(len(b), -1).T, strict=True)):
            if all(w.size and w.min() in (0, 1) and (w == np.round(w)).all() for w in (u, v)):
                named = train.columns[j] if len(train.columns) > j and a.ndim == 2 else f"input {at}"
                found.append((named, u, v))
    return found


def _rising(values: np.ndarray, whole_sample: bool) -> bool:
    """Whether values first appear in order and without a gap, among repeats of those before: a sorted, cyclic or counting
    column is no sign. In rows sampled from more, nearly in order."""
    kinds, first = np.unique(values, return_index=True)
    whole = len(kinds) > 2 and kinds[-1] - kinds[0] == len(kinds) - 1
    step = np.diff(values)
    counted = ((step == 1) | (step == 0) | (values[1:] == kinds[0])).mean() > 0.9
    mixed = first.max() + 1 >= 1.5 * len(kinds) and (step < 0).mean() > 0.1 and not counted
    order = np.corrcoef(np.arange(len(first)), np.argsort(np.argsort(first)))[0, 1] if len(first) > 1 else 0.0
    return bool(whole and mixed and ((np.diff(first) > 0).all() if whole_sample else order > 0.8))
