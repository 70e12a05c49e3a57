"""What an engine is: it only brings batches and merges results; what is computed is the same on all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from traindx.engines.state import SplitState


class SourceError(ValueError):
    """Data that cannot be read; its text is one sentence that names file, row or column."""


class NoLabelError(SourceError):
    """A label column is not there; held-out splits are then read without labels."""


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

    def arranged(self, columns: tuple[str, ...], texts: tuple[str, ...], name: str) -> Batch:
        """The same rows with these columns only, in this order.

        Raises:
            SourceError: one of them is not there, or holds texts where numbers are due.
        """
        if (self.columns, self.text_columns) == (columns, texts) or not (self.columns or self.text_columns):
            return self
        for wanted, have, others, kinds in (
            (columns, self.columns, self.text_columns, ("numbers", "texts")),
            (texts, self.text_columns, self.columns, ("texts", "numbers")),
        ):
            for column in wanted:
                if column in others:
                    raise SourceError(f"{name}: column {column!r} holds {kinds[1]}, elsewhere {kinds[0]}")
                if column not in have:
                    raise SourceError(f"{name} has no column {column!r}, which other files have")
        at = [self.columns.index(c) for c in columns]
        words = [self.text_columns.index(c) for c in texts]
        return replace(
            self, numbers=self.numbers[:, at], texts=self.texts[:, words], columns=columns, text_columns=texts
        )


@dataclass
class Source:
    """One split that can be read once or more. `parts` yield batches; `left_out` says what could not be read.

    `named`: its parts are tables whose columns are matched by name.
    """

    name: str
    parts: list[Part]
    left_out: list[str] = field(default_factory=list[str])
    named: bool = False


class Part(Protocol):
    """A file, or an object in memory. `notes` says what of it could not be read once `batches` has ended."""

    name: str
    notes: list[str]

    @property
    def rows(self) -> int | None:
        """Its rows where that is known beforehand."""
        ...

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

    def columns(self, source: Source) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Numeric and text columns of the first part that can be read; None where columns are not matched by name.

        Raises:
            SourceError: the first batch of no part can be read.
        """
        ...

    def fold(self, source: Source, columns: tuple[tuple[str, ...], tuple[str, ...]] | None = None) -> SplitState:
        """One pass over all parts; a part that cannot be read is named in `source.left_out`.

        `columns` names the numeric and the text columns to take, in this order; all when left out.
        """
        ...

    def close(self) -> None:
        """Give back what was started."""
        ...
