"""Containers of the program that hold many tensors or arrays at its end: what grows with the steps is found here."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from traindx.facts.compute import Holder

MIN_ITEMS = 50
MAX_ITEMS = 200_000


def holders(most: int = 3) -> tuple[Holder, ...]:
    """Global containers of the program with at least `MIN_ITEMS` tensors or arrays, largest first.

    A tensor that hangs on a gradient tape or a NumPy view counts as its own size: what it keeps alive may be more.
    """
    module = sys.modules.get("__main__")
    found: list[Holder] = []
    for name, value in list(vars(module).items()) if module is not None else ():
        if not name.startswith("__"):
            found += _in(name, value)
    return tuple(sorted(found, key=lambda h: -h.bytes)[:most])


def _in(name: str, value: Any) -> list[Holder]:
    if isinstance(value, list | tuple | dict | set) or type(value).__name__ in ("deque", "defaultdict"):
        items = list(value.values()) if isinstance(value, dict) else list(value)
        arrays = [a for a in _arrays(items) if a is not None]
        return [Holder(name, len(arrays), sum(arrays))] if len(arrays) >= MIN_ITEMS else []
    own = getattr(value, "__dict__", None)
    if own is None or type(value).__module__ != "__main__":
        return []
    return [h for key, inner in list(own.items()) if isinstance(inner, list | dict) for h in _in(f"{name}.{key}", inner)]


def _arrays(items: list[Any]) -> list[int]:
    found: list[int] = []
    for item in items[:MAX_ITEMS]:
        if isinstance(item, list | tuple):
            found += [n for n in map(_size, item[:64]) if n is not None]
        elif (size := _size(item)) is not None:
            found.append(size)
    return found


def _size(item: Any) -> int | None:
    if isinstance(item, np.ndarray):
        return int(item.nbytes)
    if hasattr(item, "shape") and hasattr(item, "dtype") and hasattr(item.dtype, "size"):
        try:
            return int(np.prod(item.shape.as_list(), dtype=np.int64) * item.dtype.size)
        except (TypeError, ValueError, AttributeError):
            return None
    return None
