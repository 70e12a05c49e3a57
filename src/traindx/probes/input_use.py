"""What a model reads of its inputs: positions that never change an output, their order, and what padding leaves of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.observation import InputUse

ROWS, BLOCKS, LEAST, SECONDS = 48, 12, 3, 1.0
"""Rows that are tried, blocks of positions along an axis (fewer where passes are slow), and what an axis may take."""


def input_use(run: Callable[[Any], list[np.ndarray]], x: Any) -> tuple[InputUse, ...]:
    """How each input (rows, positions, ...) is used by `run`, which gives the outputs of at most `ROWS` rows of `x`.

    Positions are steps, rows or columns of a picture, or tokens; plain numbers (n, d) have none. A block of positions is
    taken from other rows: where not one output changes in any bit, nothing of it is read; not tried where outputs do not
    differ between rows. Empty where outputs of the same rows differ from run to run.
    """
    import keras

    given = keras.tree.map_structure(lambda a: np.asarray(a)[:ROWS], x)
    base, began = run(given), time.perf_counter()
    again = run(given)
    blocks = min(BLOCKS, int(SECONDS / max(time.perf_counter() - began, 1e-6)))
    if blocks < 1 or not all(np.isfinite(o).all() for o in base) or not _same(base, again):
        return ()
    told = blocks >= LEAST and _spread(base) > 0
    leaves, found = keras.tree.flatten(given), []
    for at, array in enumerate(leaves):
        if array.ndim < 2 or array.shape[1] < 2 or (array.ndim == 2 and array.dtype.kind not in "iu") or len(array) < 8:
            continue

        def outputs(new: np.ndarray, at: int = at) -> list[np.ndarray]:
            return run(keras.tree.pack_sequence_as(given, [*leaves[:at], new, *leaves[at + 1 :]]))

        uses = [_along(array, axis, lambda new, f=outputs: not _same(f(new), base), blocks) for axis in _axes(array)] if told else []
        seen = [use for use in uses if use is not None]
        if seen:
            seen[-1] = replace(seen[-1], order=_order(array, outputs, base))
        fronted = _padding_first(array)
        if fronted is not None:
            last = seen.pop() if seen else InputUse(axis=1, positions=array.shape[1])
            behind = _spread(base) / max(_spread(outputs(fronted[0])), 1e-30)
            seen.append(replace(last, padding=fronted[1], behind=behind))
        found += [replace(use, index=at) for use in seen]
    return tuple(found)


def _axes(array: np.ndarray) -> tuple[int, ...]:
    return (1, 2) if array.ndim == 4 else (1,)


def _spread(outputs: list[np.ndarray]) -> float:
    """Largest range of an output between rows."""
    return max(float(np.ptp(o.astype(float), axis=0).max()) for o in outputs)


def _same(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def _along(array: np.ndarray, axis: int, changes: Callable[[np.ndarray], bool], most: int) -> InputUse | None:
    """At most so many blocks along one axis; None where fewer than two of them vary between rows."""
    other, tried, unread = np.roll(array, 1, axis=0), 0, []
    for block in np.array_split(np.arange(array.shape[axis]), min(most, array.shape[axis])):
        new, where = array.copy(), (slice(None),) * axis + (block,)
        new[where] = other[where]
        if np.array_equal(new, array, equal_nan=array.dtype.kind == "f"):
            continue
        tried += 1
        if not changes(new):
            unread.append((int(block[0]), int(block[-1])))
    return InputUse(axis=axis, positions=array.shape[axis], blocks=tried, unread=tuple(unread)) if tried >= 2 else None


def _order(array: np.ndarray, outputs: Callable[[np.ndarray], list[np.ndarray]], base: list[np.ndarray]) -> float:
    """Largest change of an output when all positions change places, alike in all rows, over the outputs' spread between rows."""
    flat = array.reshape(len(array), -1, array.shape[-1]) if array.ndim > 2 else array
    moved = flat[:, np.random.default_rng(0).permutation(flat.shape[1])].reshape(array.shape)
    change = max(float(np.abs(a - b).max()) for a, b in zip(outputs(moved), base, strict=True))
    return change / max(_spread(base), 1e-30)


def _padding_first(array: np.ndarray) -> tuple[np.ndarray, float] | None:
    """Sequences with what fills their ends moved to the front, and the mean share of steps that it fills; None where
    less than half of the rows end alike.

    What fills the ends is the last step that most rows share: a token (n, steps), or a step's values (n, steps, d).
    """
    if array.ndim > 3:
        return None
    kinds, counts = np.unique(array[:, -1], axis=0, return_counts=True)
    filled = array == kinds[np.argmax(counts)]
    filled = filled if array.ndim == 2 else filled.all(axis=2)
    behind = np.cumprod(filled[:, ::-1], axis=1).sum(axis=1)
    behind = np.where(behind == array.shape[1], 0, behind)
    if (behind > 0).mean() < 0.5:
        return None
    return np.stack([np.roll(row, n, axis=0) for row, n in zip(array, behind, strict=True)]), float(behind.mean() / array.shape[1])
