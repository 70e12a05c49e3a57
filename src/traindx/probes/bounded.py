"""What is kept of things that come as long as a program runs: in bounded memory, the first and the last always there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

import numpy as np

T = TypeVar("T")
MOST_EPOCHS = 1 << 13


def size_of(value: Any) -> int:
    """Bytes of an array or tensor; 0 where it does not say."""
    found = getattr(value, "nbytes", None)
    if isinstance(found, int):
        return found
    try:
        return int(np.prod(tuple(value.shape), dtype=np.int64)) * int(value.dtype.size)
    except (TypeError, ValueError, AttributeError):
        return 0


class Ends(list[T], Generic[T]):
    """A list that holds at most `most` items: its first quarter and the newest; what came between is dropped."""

    def __init__(self, most: int, items: Iterable[T] = ()) -> None:
        super().__init__(items)
        self.most = most

    def append(self, item: T) -> None:
        """Add one; where there are too many, a quarter goes: those after the first quarter."""
        super().append(item)
        if len(self) > self.most:
            quarter = max(1, self.most // 4)
            del self[quarter : 2 * quarter]


class Epochs:
    """A model's figures and learning rates by epoch; of very many, every second, fourth and so on stays."""

    def __init__(self) -> None:
        self.values: dict[str, list[float]] = {}
        self.rates: list[float] = []
        self.count = 0
        self.every = 1

    def add(self, numbers: dict[str, float], rate: float | None) -> None:
        """One epoch is over."""
        self.count += 1
        if self.count % self.every:
            return
        for name, number in numbers.items():
            self.values.setdefault(name, []).append(number)
        if rate is not None:
            self.rates.append(rate)
        if self.count // self.every > MOST_EPOCHS:
            self.every *= 2
            self.values = {name: kept[1::2] for name, kept in self.values.items()}
            self.rates = self.rates[1::2]


class Distinct:
    """Distinct hashes (k,) uint64 at eight bytes each: a sorted array, and what came since it was last put in order."""

    def __init__(self, hashes: Any = None) -> None:
        self._sorted = np.zeros(0, np.uint64)
        self._new: list[np.ndarray] = []
        self._waiting = 0
        if hashes is not None:
            self.add(hashes)

    def add(self, hashes: Any) -> int:
        """Add some, in any order, known or not; returns how many of them differ."""
        made = np.unique(np.asarray(hashes, np.uint64))
        self._new.append(made)
        self._waiting += len(made)
        if self._waiting > max(4096, len(self._sorted) // 2):
            self._order()
        return len(made)

    def _order(self) -> None:
        if self._new:
            self._sorted = np.unique(np.concatenate([self._sorted, *self._new]))
            self._new, self._waiting = [], 0

    @property
    def values(self) -> np.ndarray:
        """All of them (k,) uint64, sorted."""
        self._order()
        return self._sorted

    @property
    def at_most(self) -> int:
        """How many there are at most, without putting them in order."""
        return len(self._sorted) + self._waiting

    def __len__(self) -> int:
        return len(self.values)

    def common(self, other: Distinct) -> int:
        """How many are in both."""
        return len(np.intersect1d(self.values, other.values, assume_unique=True))

    def without(self, other: Distinct) -> Distinct:
        """Those that are not in `other`."""
        return Distinct(np.setdiff1d(self.values, other.values, assume_unique=True))
