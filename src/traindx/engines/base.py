"""What an engine is: it only brings batches and merges results; what is computed is the same on all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from traindx.engines.state import SplitState


class SourceError(ValueError):
    """Data that cannot be read; its text is one sentence that names file, row or column."""


@dataclass(frozen=True)
class Batch:
    """Some rows of one split. `numbers` (n, ...) of the numeric inputs, `texts` (n, t) of the others, `labels` (n, ...).

    `first` is the position of the first row in its part (file), `part` the number of the part.
    """

    numbers: np.ndarray
    texts: np.ndarray
    labels: np.ndarray | None
    columns: tuple[str, ...] = ()
    text_columns: tuple[str, ...] = ()
    first: int = 0
    part: int = 0

    @property
    def rows(self) -> int:
        """Rows in the batch."""
        return len(self.numbers)


@dataclass
class Source:
    """One split that can be read once or more. `parts` yield batches; `left_out` says what could not be read."""

    name: str
    parts: list[Part]
    left_out: list[str] = field(default_factory=list[str])


class Part(Protocol):
    """A file, or an object in memory."""

    name: str

    def batches(self, number: int) -> Iterator[Batch]:
        """Its rows, in order.

        Raises:
            SourceError: it cannot be read.
        """
        ...


class Engine(Protocol):
    """Folds a split's batches into one state."""

    def open(self, thing: Any, label: Any, role: str) -> Source:
        """A split as it was handed over: see `sources.open_source`.

        Raises:
            SourceError: it cannot be read.
        """
        ...

    def fold(self, source: Source) -> SplitState:
        """One pass over all parts; a part that cannot be read is named in `source.left_out`."""
        ...

    def close(self) -> None:
        """Give back what was started."""
        ...
