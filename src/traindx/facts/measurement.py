"""Measurement: a frozen, typed fact about one run. Each field may declare how it merges; merging is written once."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

Merge = Callable[[Any, Any], Any]


def add(a: Any, b: Any) -> Any:
    """Sum of both parts; None stands for nothing seen."""
    return b if a is None else a if b is None else a + b


def smallest(a: Any, b: Any) -> Any:
    """The lesser of both parts; None stands for nothing seen."""
    return b if a is None else a if b is None else min(a, b)


def largest(a: Any, b: Any) -> Any:
    """The greater of both parts; None stands for nothing seen."""
    return b if a is None else a if b is None else max(a, b)


def same(a: Any, b: Any) -> Any:
    """A fact that every part must share; raises ValueError where they differ."""
    if a != b:
        raise ValueError(f"parts of one run disagree: {a!r} and {b!r}")
    return a


def add_counts(a: Any, b: Any) -> Any:
    """Sum of two tuples of (name, count) pairs, by name, sorted."""
    total: dict[Any, Any] = {}
    for name, count in (*a, *b):
        total[name] = total.get(name, 0) + count
    return tuple(sorted(total.items()))


@dataclass(frozen=True)
class Measurement:
    """Base of all measurements. Fields are annotated `Annotated[type, rule]`; a field without a rule must agree."""

    def merge(self, other: Self) -> Self:
        """One measurement for both parts (workers, shards), field by field by the declared rules.

        Raises:
            ValueError: a field without a merge rule differs between the parts.
        """
        hints = typing.get_type_hints(type(self), include_extras=True)
        merged: dict[str, Any] = {}
        for field in dataclasses.fields(self):
            rules = [m for m in getattr(hints[field.name], "__metadata__", ()) if callable(m)]
            rule: Merge = rules[0] if rules else same
            merged[field.name] = rule(getattr(self, field.name), getattr(other, field.name))
        return type(self)(**merged)
