"""What runs on a worker: Arrow batches in, one packed message out. Nothing is kept between tasks, so that a task that
is run again changes no number."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from traindx.engines.base import Part, SourceError
from traindx.engines.files import arrow_columns
from traindx.engines.sources import batch_of_columns
from traindx.engines.spark.message import Tally, packed
from traindx.engines.state import Bounds

FILE, ROW, SEEN = "file", "row", "message binary"


@dataclass(frozen=True)
class Tables:
    """Parquet files with one schema. `numbers` and `names` of the parts by the 64-bit hash of the file's address.

    `columns` are the true names of what comes as c0, c1, ... (PySpark does not take names with dots); `schema` is
    pyarrow's of the files, so that columns are converted from the same types as in process.
    """

    numbers: dict[int, int]
    names: dict[int, str]
    columns: tuple[str, ...]
    label: tuple[str, ...]
    schema: Any
    bounds: Bounds

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Fold what Spark reads; the last two columns say where each row stands."""
        tally = Tally(self.bounds)
        for batch in batches:
            if batch.num_rows:
                self._add(batch, tally)
        return _sent(tally)

    def _add(self, batch: Any, tally: Tally) -> None:
        import pyarrow as pa

        files, rows = (batch.column(name).to_numpy(zero_copy_only=False) for name in (FILE, ROW))
        arrays = batch.columns[: len(self.columns)]
        arrays = [_as(c, self.schema.field(n).type) for n, c in zip(self.columns, arrays, strict=True)]
        data = pa.RecordBatch.from_arrays(arrays, names=list(self.columns))
        breaks = np.flatnonzero((np.diff(files) != 0) | (np.diff(rows) != 1)) + 1
        for first, end in zip([0, *breaks.tolist()], [*breaks.tolist(), len(rows)], strict=True):
            file = int(files[first])
            columns = arrow_columns(data.slice(first, end - first))
            tally.add(batch_of_columns(columns, self.label, self.names[file], int(rows[first]), self.numbers[file]))


def _as(column: Any, kind: Any) -> Any:
    """A column as the file's own type: Spark has no unsigned numbers, and no nanoseconds in some versions."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind) or pa.types.is_nested(kind) or column.type == kind:
        return column
    return column.cast(kind)


@dataclass(frozen=True)
class Files:
    """Files that every worker sees at the same path, read by the same readers as in process; (number, part) each."""

    parts: tuple[tuple[int, Part], ...]
    bounds: Bounds

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Fold the parts whose places in `parts` come in the one column."""
        tally = Tally(self.bounds)
        for batch in batches:
            for at in batch.column(0).to_pylist():
                _read(tally, *self.parts[at])
        return _sent(tally)


@dataclass(frozen=True)
class Contents:
    """Files that Spark brings whole, by the hash of their address: (number, part to be read from a copy)."""

    parts: dict[int, tuple[int, Any]]
    bounds: Bounds

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Fold files that come as (hash, content) rows."""
        tally = Tally(self.bounds)
        for batch in batches:
            for at in range(batch.num_rows):
                number, part = self.parts[batch.column(0)[at].as_py()]
                with tempfile.TemporaryDirectory(prefix="traindx-") as folder:
                    copy = Path(folder) / part.path.name
                    copy.write_bytes(batch.column(1)[at].as_buffer())
                    _read(tally, number, replace(part, path=copy))
        return _sent(tally)


def _read(tally: Tally, number: int, part: Part) -> None:
    try:
        for batch in part.batches(number):
            tally.add(batch)
    except SourceError as fault:
        tally.left_out.append((number, str(fault)))
    tally.left_out += [(number, note) for note in part.notes]


def _sent(tally: Tally) -> Iterator[Any]:
    import pyarrow as pa

    for data in packed(tally.messages()):
        yield pa.RecordBatch.from_arrays([pa.array([data], pa.binary())], names=["message"])
