"""The program's own variables around a step: arrays that the rows came from, lists of shards, and a worker's number."""

from __future__ import annotations

from collections.abc import Iterator
from types import FrameType
from typing import Any

import numpy as np

from traindx.probes.rowhash import row_hashes

MAX_BYTES = 128 << 20
MAX_ARRAYS = 24
MAX_PARTS = 256
MAX_FRAMES = 64


def whole_numbers(frames: list[FrameType]) -> dict[tuple[str, str, int], int]:
    """Small whole numbers in local variables by (function, variable, position in a tuple): one may be a worker's number."""
    found: dict[tuple[str, str, int], int] = {}
    for frame in frames[:6]:
        for name, value in list(frame.f_locals.items())[:200]:
            items = value if isinstance(value, tuple) and len(value) <= 4 else (value,)
            for at, item in enumerate(items):
                if isinstance(item, int | np.integer) and not isinstance(item, bool) and 0 <= item < MAX_PARTS:
                    found.setdefault((frame.f_code.co_qualname, name, at), int(item))
    return found


def _variables(frames: list[FrameType]) -> Iterator[tuple[str, Any]]:
    """Names and values in reach of these frames: locals, attributes of `self`, module variables."""
    seen: set[int] = set()
    for frame in frames:
        for space in (frame.f_locals, frame.f_globals):
            if id(space) in seen:
                continue
            seen.add(id(space))
            for name, value in list(space.items()):
                if name.startswith("__"):
                    continue
                yield name, value
                if name == "self" and hasattr(value, "__dict__"):
                    yield from ((f"self.{k}", v) for k, v in list(vars(value).items()))


def _dense(value: Any) -> np.ndarray | None:
    if isinstance(value, np.ndarray):
        return value
    if type(value).__name__ == "EagerTensor":
        return value.numpy()
    return None


def row_arrays(frames: list[FrameType], shape: tuple[int, ...], least: int) -> dict[str, np.ndarray]:
    """Arrays in scope whose rows have `shape`, with more than `least` rows, by name; within a bound of bytes."""
    found: dict[str, np.ndarray] = {}
    size = 0
    for name, value in _variables(frames):
        array = _dense(value)
        if array is None or array.ndim != len(shape) + 1 or array.shape[1:] != shape or len(array) <= least:
            continue
        if name in found or size + array.nbytes > MAX_BYTES or len(found) >= MAX_ARRAYS:
            continue
        size += array.nbytes
        found[name] = array
    return found


def parts(frames: list[FrameType], shape: tuple[int, ...], source: np.ndarray | None) -> dict[str, list[np.ndarray]]:
    """Lists in scope that divide rows into at least two disjoint parts, by name: the row hashes of each part.

    A part is an array of rows, a tuple that begins with one, or an array of row numbers of `source` (n,) hashes.
    """
    found: dict[str, list[np.ndarray]] = {}
    for name, value in _variables(frames):
        items = list(value.values()) if isinstance(value, dict) else value
        if not isinstance(items, list | tuple) or not 2 <= len(items) <= MAX_PARTS or name in found:
            continue
        hashed = [_part(item, shape, source) for item in items]
        whole = [h for h in hashed if h is not None and len(h)]
        if len(whole) != len(items):
            continue
        joined = np.concatenate(whole)
        if len(joined) <= 1 << 20 and len(np.unique(joined)) >= 0.95 * len(joined):
            found[name] = whole
    return found


def _part(item: Any, shape: tuple[int, ...], source: np.ndarray | None) -> np.ndarray | None:
    if isinstance(item, tuple | list) and item and _dense(item[0]) is not None:
        item = item[0]
    array = _dense(item)
    if array is None:
        return None
    if array.ndim == len(shape) + 1 and array.shape[1:] == shape and array.nbytes <= MAX_BYTES:
        return row_hashes((array,))
    if source is not None and array.ndim == 1 and array.dtype.kind in "iu" and array.size and int(array.max()) < len(source):
        return source[array] if int(array.min()) >= 0 else None
    return None
