"""Attributes replaced for a while, and how to put them back. Only `attach` uses it on Keras and TensorFlow."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

_INHERITED = object()


class Patches:
    """The attributes replaced so far, and how to put them back."""

    def __init__(self) -> None:
        self._undo: list[tuple[Any, str, Any]] = []
        self._made: list[Any] = []

    def replace(self, owner: Any, name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
        """Set `owner.name` to `make(original)`; remembers the original."""
        original = getattr(owner, name)
        self._undo.append((owner, name, owner.__dict__.get(name, _INHERITED)))
        replacement = functools.wraps(original)(make(original))
        # Keras compares `inspect.signature` with `inspect.getfullargspec`, and only this attribute is seen by both.
        replacement.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]
        self._made.append(replacement)
        setattr(owner, name, replacement)

    def put(self, owner: Any, name: str, value: Any) -> None:
        """Set `owner.name` to `value`; remembers the original."""
        self._undo.append((owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    def restore(self, only_ours: bool = False) -> None:
        """Put back every original, last first; with `only_ours` leave what somebody else has put back before us."""
        while self._undo:
            owner, name, original = self._undo.pop()
            if only_ours and owner.__dict__.get(name) not in self._made:
                continue
            if original is _INHERITED:
                delattr(owner, name)
            else:
                setattr(owner, name, original)
