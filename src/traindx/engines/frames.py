"""Data frames (through narwhals, whichever library made them) and tf.data datasets as batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.engines.base import Batch, SourceError
from traindx.engines.sources import ROWS, Arrays, batch_of_columns


def is_frame(thing: Any) -> bool:
    """A pandas, polars or Arrow table, a lazy frame, or anything else that describes itself as a data frame."""
    return any(hasattr(type(thing), name) for name in ("__dataframe__", "columns", "column_names", "collect_schema"))


@dataclass
class Frame:
    """A pandas, polars or Arrow table (or anything else that narwhals takes)."""

    name: str
    native: Any
    label: tuple[str, ...]
    notes: list[str] = field(default_factory=list[str])

    @property
    def rows(self) -> int | None:
        """All of them, where the frame is in memory."""
        try:
            return len(self.native)
        except TypeError:
            return None

    def batches(self, number: int) -> Iterator[Batch]:
        """Slices of 65 536 rows."""
        try:
            import narwhals.stable.v1 as nw
        except ImportError:
            raise SourceError(f"{self.name}: data frames need narwhals (pip install 'traindx[data]')") from None
        native = self.native
        if type(native).__name__ in ("RecordBatch", "RecordBatchReader"):  # narwhals takes tables
            import pyarrow as pa

            native = native.read_all() if hasattr(native, "read_all") else pa.Table.from_batches([native])
        if hasattr(native, "iloc") and len(set(map(str, native.columns))) < len(native.columns):
            raise SourceError(f"{self.name} has two columns of one name")
        try:
            frame = nw.from_native(native)
        except TypeError:
            raise SourceError(f"{self.name}: narwhals cannot read {type(native).__name__}") from None
        if isinstance(frame, nw.LazyFrame):
            frame = frame.collect()
        if len(set(map(str, frame.columns))) < len(frame.columns):
            raise SourceError(f"{self.name} has two columns of one name")
        mixed: dict[str, str] = {}
        for first in range(0, len(frame), ROWS):
            part = frame[first : first + ROWS]
            columns = {str(c): self._column(part[c], str(c), first, mixed, nw) for c in part.columns}
            yield batch_of_columns(columns, self.label, self.name, first, number)
        self.notes.extend(mixed.values())

    def _column(self, series: Any, name: str, first: int, mixed: dict[str, str], nw: Any) -> np.ndarray:
        """Values (n,): numbers with NaN for missing, dates, or texts as objects."""
        kind = series.dtype
        if kind.is_numeric() or kind == nw.Boolean:
            whole = not series.null_count() and kind != nw.Boolean
            return np.asarray((series if whole else series.cast(nw.Float64)).to_numpy())
        if kind in (nw.Datetime, nw.Date):
            return np.asarray(series.to_numpy()).astype("datetime64[s]")
        if kind == nw.Duration:
            return np.asarray(series.to_numpy()).astype("timedelta64[s]").astype(float)
        values = np.array(series.to_list(), dtype=object)
        if values.ndim != 1:  # lists of one length became a block
            raise SourceError(f"{self.name}: column {name!r} holds lists; give them as arrays")
        return self._objects(values, name, first, mixed)

    def _objects(self, values: np.ndarray, name: str, first: int, mixed: dict[str, str]) -> np.ndarray:
        known = [v is not None and v == v for v in values]
        numbers = np.array([isinstance(v, int | float | np.number) for v in values])
        if np.array(known).any() and (numbers | ~np.array(known)).all():
            return np.array([float(v) if k else np.nan for v, k in zip(values, known, strict=True)])
        odd = np.flatnonzero(numbers & np.array(known))
        if len(odd) and name not in mixed:
            row = int(odd[0] if numbers.mean() < 0.5 else np.flatnonzero(~numbers & np.array(known))[0])
            mixed[name] = (
                f"{self.name}: column {name!r} mixes numbers and texts (row {first + row}: {values[row]!r}); "
                "it is read as text"
            )
        return np.array([v if k else "" for v, k in zip(values, known, strict=True)], object)


@dataclass
class Dataset:
    """A tf.data dataset of (inputs, labels) batches or rows."""

    name: str
    dataset: Any
    notes: list[str] = field(default_factory=list[str])

    @property
    def rows(self) -> int | None:
        """Not known beforehand."""
        return None

    def batches(self, number: int) -> Iterator[Batch]:
        """The dataset's own batches; single rows are gathered.

        Raises:
            SourceError: it repeats without end, holds ragged or sparse tensors, or raises while it is read.
        """
        if int(self.dataset.cardinality()) == -1:
            raise SourceError(f"{self.name}: the dataset repeats without end; give it before .repeat()")
        batched = _batched(self.dataset.element_spec)
        first = 0
        rows: list[tuple[Any, Any]] = []
        for x, y in self._elements():
            if batched:
                labels = None if y is None else np.asarray(_leaves(y)[0])
                yield from self._split(_leaves(x), labels, first, number)
                first += len(_leaves(x)[0])
                continue
            rows.append((x, y))
            if len(rows) == 1024:
                yield from self._stack(rows, first, number)
                first, rows = first + len(rows), []
        if rows:
            yield from self._stack(rows, first, number)

    def _elements(self) -> Iterator[tuple[Any, Any]]:
        at = 0
        iterator = iter(self.dataset.as_numpy_iterator())
        while True:
            try:
                element = next(iterator)
            except StopIteration:
                return
            except Exception as fault:  # noqa: BLE001 - the program's own reading code may raise anything
                why = (str(fault).strip() or type(fault).__name__).splitlines()[0][:120]
                raise SourceError(f"{self.name}: element {at} of the dataset cannot be read ({why})") from None
            at += 1
            yield element[:2] if isinstance(element, tuple) and len(element) >= 2 else (element, None)

    def _stack(self, rows: list[tuple[Any, Any]], first: int, number: int) -> Iterator[Batch]:
        try:
            leaves = [np.stack(column) for column in zip(*(_leaves(x) for x, _ in rows), strict=True)]
            labels = None if rows[0][1] is None else np.stack([_leaves(y)[0] for _, y in rows])
        except ValueError:
            raise SourceError(f"{self.name}: rows {first} to {first + len(rows)} differ in shape; pad them") from None
        yield from self._split(leaves, labels, first, number)

    def _split(self, leaves: list[np.ndarray], labels: np.ndarray | None, first: int, number: int) -> Iterator[Batch]:
        if any(not isinstance(a, np.ndarray) for a in leaves):
            raise SourceError(f"{self.name}: ragged and sparse tensors are not read; give dense ones")
        for made in Arrays(self.name, tuple(leaves), labels).batches(number):
            yield Batch(made.numbers, made.texts, made.labels, (), made.text_columns, first + made.first, number)


def _leaves(value: Any) -> list[Any]:
    """Arrays of an element in Keras' order; ragged and sparse values stay what they are."""
    if isinstance(value, dict):
        return [leaf for k in sorted(value) for leaf in _leaves(value[k])]
    if type(value).__name__ in ("RaggedTensorValue", "SparseTensorValue"):
        return [value]
    if isinstance(value, tuple | list):
        return [leaf for v in value for leaf in _leaves(v)]
    return [np.asarray(value)]


def _batched(spec: Any) -> bool:
    """Elements are batches: their first dimension is open, or inputs and labels share a fixed one."""
    parts = [spec[0], spec[1]] if isinstance(spec, tuple) and len(spec) >= 2 else [spec]
    shapes = [getattr(_first(p), "shape", None) for p in parts]
    if any(shape is None or not shape.rank for shape in shapes):
        return False
    sizes = {shape[0] for shape in shapes if shape is not None}
    return sizes == {None} or (len(shapes) == 2 and len(sizes) == 1) or None in sizes


def _first(spec: Any) -> Any:
    while isinstance(spec, tuple | list | dict):
        spec = next(iter(spec.values())) if isinstance(spec, dict) else spec[0]
    return spec
