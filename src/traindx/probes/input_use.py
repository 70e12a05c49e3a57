"""What a model reads of its inputs: positions that never change an output, and whether their order does."""

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
    taken from other rows: where not one output changes in any bit, nothing of it is read. Empty where outputs of the
    same rows differ from run to run, or do not differ between rows.
    """
    import keras

    given = keras.tree.map_structure(lambda a: np.asarray(a)[:ROWS], x)
    base, began = run(given), time.perf_counter()
    again = run(given)
    blocks = min(BLOCKS, int(SECONDS / max(time.perf_counter() - began, 1e-6)))
    told = all(np.isfinite(o).all() for o in base) and any(np.ptp(o, axis=0).any() for o in base)
    if blocks < LEAST or not told or not _same(base, again):
        return ()
    leaves, found = keras.tree.flatten(given), []
    for at, array in enumerate(leaves):
        if array.ndim < 2 or array.shape[1] < 2 or (array.ndim == 2 and array.dtype.kind not in "iu") or len(array) < 8:
            continue

        def outputs(new: np.ndarray, at: int = at) -> list[np.ndarray]:
            return run(keras.tree.pack_sequence_as(given, [*leaves[:at], new, *leaves[at + 1 :]]))

        for axis in (1, 2) if array.ndim == 4 else (1,):
            use = _along(array, axis, lambda new, f=outputs: not _same(f(new), base), blocks)
            if use is not None:
                found.append(replace(use, index=at))
        if found and found[-1].index == at:
            found[-1] = replace(found[-1], order=_order(array, outputs, base))
    return tuple(found)


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
    return change / max(max(float(np.ptp(o, axis=0).max()) for o in base), 1e-30)
