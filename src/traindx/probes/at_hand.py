"""Arrays that stand in the frames of the program that prints: labels, and what it made of its predictions.

Looked at are local variables of the innermost frames, the variables of their module, the attributes of the program's own
objects among them (`self` of a callback), and what lies in small tuples and lists. Nothing is judged by its name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from traindx.probes.callsite import is_user_file, user_frames
from traindx.probes.sample import as_array

MAX_FRAMES = 3
MAX_FOUND = 24
MAX_COLUMNS = 8
MAX_ATTRIBUTES = 64
MAX_PARTS = 4096
CUT = "cut "
"""Begins the place of labels that are a part of an array at hand."""


def variables() -> Iterator[tuple[str, Any]]:
    """(place, value) of all that may hold labels, innermost frame first."""
    frames = user_frames(MAX_FRAMES)
    scopes = [f.f_locals for f in frames] + [f.f_globals for f in frames[:1]]
    for depth, scope in enumerate(scopes):
        for name, value in list(scope.items()):
            yield from _opened(f"{depth}.{name}", value, True)


def _opened(place: str, value: Any, deep: bool) -> Iterator[tuple[str, Any]]:
    """A value, the columns of a data frame, what a small tuple holds, and the attributes of an object of the program."""
    yield place, value
    if type(value).__name__ == "DataFrame":
        yield from ((f"{place}[{j}]", value.iloc[:, j]) for j in range(min(MAX_COLUMNS, value.shape[1])))
    elif isinstance(value, tuple | list) and 2 <= len(value) <= 4 and all(hasattr(v, "shape") for v in value):
        yield from ((f"{place}[{j}]", v) for j, v in enumerate(value))
    elif deep and hasattr(value, "__dict__") and not isinstance(value, type) and _of_program(type(value)):
        for name, held in list(vars(value).items())[:MAX_ATTRIBUTES]:
            yield from _opened(f"{place}.{name}", held, False)


@cache
def _of_program(kind: type) -> bool:
    """Whether a class is the program's own."""
    home = sys.modules.get(kind.__module__)
    name = getattr(home, "__file__", None)
    return kind.__module__ == "__main__" or (name is not None and is_user_file(name))


def rows_of(value: Any, n: int) -> np.ndarray | None:
    """A variable as numbers of n rows, (n,) or (n, k); a list of batches as one array; or None."""
    if isinstance(value, list):
        array = _listed(value, n)
    else:
        shape = getattr(value, "shape", None)
        fits = isinstance(shape, tuple) or hasattr(shape, "as_list")
        array = as_array(value) if fits and shape is not None and 1 <= len(shape) <= 2 and shape[0] == n else None
    return array if array is not None and array.dtype.kind in "fiub" and array.ndim in (1, 2) else None


def _listed(value: list[Any], n: int) -> np.ndarray | None:
    if not value or len(value) > MAX_PARTS and len(value) != n:
        return None
    if len(value) == n and isinstance(value[0], int | float | np.number):
        return np.asarray(value)
    shapes = [getattr(v, "shape", None) for v in value] if hasattr(value[0], "shape") else []
    if len(shapes) < 2 or any(s is None or not 1 <= len(s) <= 2 for s in shapes):
        return None
    if sum(int(s[0]) for s in shapes if s is not None) != n:
        return None
    parts = [as_array(v) for v in value]
    whole = [p for p in parts if p is not None]
    return np.concatenate(whole) if len(whole) == len(value) and len({p.shape[1:] for p in whole}) == 1 else None


def found(outputs: np.ndarray) -> tuple[list[tuple[str, np.ndarray]], list[tuple[str, np.ndarray]]]:
    """(labels, what was made of the predictions), each (place, array) with the predictions' rows, equal ones once."""
    width = outputs.shape[1] if outputs.ndim == 2 else 1
    raw = np.asarray(outputs, dtype=float).reshape(len(outputs), -1)
    labels: list[tuple[str, np.ndarray]] = []
    made: list[tuple[str, np.ndarray]] = []
    for place, value in variables():
        array = rows_of(value, len(outputs))
        if array is None or array.ndim == 2 and array.shape[1] not in (1, width):
            continue
        if any(a.shape == array.shape and np.array_equal(a, array) for _, a in (*labels, *made)):
            continue
        of_them = made_of(array, raw)
        if not (of_them and array.shape == outputs.shape and np.allclose(array, outputs, atol=1e-6, equal_nan=True)):
            (made if of_them else labels).append((place, array))
        if len(labels) + len(made) >= MAX_FOUND:
            break
    # labels that the predictions part without a mistake look as if they were made of them
    return labels or [(place, a) for place, a in made if a.ndim == 1 and len(np.unique(a[:1000])) == 2], made


def ends(n: int, width: int = 1) -> Iterator[tuple[str, np.ndarray]]:
    """The last and the first n rows of longer arrays of this width: labels that the program cuts where it compares them."""
    for place, value in variables():
        numbers = isinstance(value, np.ndarray) and value.ndim in (1, 2) and value.dtype.kind in "fiub"
        if numbers and len(value) > n and (value.shape[1] if value.ndim == 2 else 1) == width:
            yield f"{CUT}{place}[-n:]", value[-n:]
            yield f"{CUT}{place}[:n]", value[:n]


def made_of(array: np.ndarray, raw: np.ndarray) -> bool:
    """Whether an array is the predictions themselves or what is made of each of them: classes, clipped or rescaled values."""
    flat = array.reshape(len(array), -1).astype(float)
    if flat.shape == raw.shape and np.allclose(flat, raw, atol=1e-6, equal_nan=True):
        return True
    if flat.shape[1] != 1:
        return flat.shape == raw.shape and all(made_of(flat[:, [j]], raw[:, [j]]) for j in range(raw.shape[1]))
    own = raw.argmax(axis=1).astype(float) if raw.shape[1] > 1 else raw[:, 0]
    order = np.argsort(own, kind="stable")
    steps = np.diff(flat[order, 0])
    if raw.shape[1] > 1:
        return bool(np.array_equal(flat[:, 0], own))
    return bool((steps >= 0).all() or (steps <= 0).all())
