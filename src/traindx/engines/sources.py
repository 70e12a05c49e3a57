"""What people hand over, read as batches: arrays, data frames, files, folders, datasets."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from traindx.engines.base import Batch, Part, Source, SourceError

ROWS = 1 << 16


@dataclass
class Arrays:
    """Inputs (n, ...), one array or several, and targets (n, ...) in memory."""

    name: str
    inputs: tuple[np.ndarray, ...]
    labels: np.ndarray | None
    columns: tuple[str, ...] = ()

    def batches(self, number: int) -> Iterator[Batch]:
        """Slices of about 64 MB."""
        n = len(self.inputs[0])
        for what, array in (*(("inputs", a) for a in self.inputs), ("labels", self.labels)):
            if array is not None and len(array) != n:
                raise SourceError(f"{self.name}: {what} have {len(array)} rows, the first input has {n}")
        numeric = [a for a in self.inputs if a.dtype.kind in "biuf"]
        texts = [a.reshape(n, -1) for a in self.inputs if a.dtype.kind not in "biuf"]
        width = max(1, sum(int(np.prod(a.shape[1:])) for a in numeric))
        step = max(256, min(ROWS, (64 << 20) // (4 * width)))
        for first in range(0, n, step):
            cut = slice(first, min(n, first + step))
            if len(numeric) == 1:
                numbers = numeric[0][cut]
                numbers = numbers[:, None] if numbers.ndim == 1 else numbers
            else:
                parts = [a[cut].reshape(cut.stop - first, -1).astype(np.float32) for a in numeric]
                numbers = np.concatenate(parts, axis=1) if parts else np.zeros((cut.stop - first, 0), np.float32)
            words = (
                np.concatenate([t[cut] for t in texts], axis=1) if texts else np.zeros((cut.stop - first, 0), object)
            )
            labels = None if self.labels is None else self.labels[cut]
            yield Batch(
                numbers, words, labels, self.columns, tuple(f"text {j}" for j in range(words.shape[1])), first, number
            )


def batch_of_columns(
    columns: dict[str, np.ndarray], label: tuple[str, ...], name: str, first: int, number: int
) -> Batch:
    """A batch from named columns (n,) each: numbers, texts and the label column(s).

    Raises:
        SourceError: a label column is not there.
    """
    for wanted in label:
        if wanted not in columns:
            raise SourceError(f"{name} has no column {wanted!r}; it has {', '.join(list(columns)[:12])}")
    labels = None
    if label:
        labels = columns[label[0]] if len(label) == 1 else np.stack([columns[c] for c in label], axis=1)
    inputs = {c: a for c, a in columns.items() if c not in label}
    numeric = [c for c, a in inputs.items() if a.dtype.kind in "biuf"]
    dates = [c for c, a in inputs.items() if a.dtype.kind in "mM"]
    texts = [c for c in inputs if c not in numeric and c not in dates]
    n = len(next(iter(columns.values()))) if columns else 0
    numbers = np.empty((len(numeric) + len(dates), n), np.float32)
    for j, c in enumerate(numeric):
        numbers[j] = inputs[c]
    for j, c in enumerate(dates, len(numeric)):
        numbers[j] = inputs[c].astype("datetime64[s]").astype(np.int64) / 86400.0
    words = np.stack([inputs[c].astype(object) for c in texts], axis=1) if texts else np.zeros((n, 0), object)
    return Batch(numbers.T, words, labels, tuple(numeric + dates), tuple(texts), first, number)


@dataclass
class Frame:
    """A pandas, polars or Arrow table (or anything else that narwhals takes)."""

    name: str
    native: Any
    label: tuple[str, ...]

    def batches(self, number: int) -> Iterator[Batch]:
        """Slices of 65 536 rows."""
        try:
            import narwhals.stable.v1 as nw
        except ImportError:
            raise SourceError(f"{self.name}: data frames need narwhals (pip install 'traindx[data]')") from None
        frame = nw.from_native(self.native, eager_only=True)
        for first in range(0, len(frame), ROWS):
            part = frame[first : first + ROWS]
            columns = {c: np.asarray(part[c].to_numpy()) for c in part.columns}
            yield batch_of_columns(columns, self.label, self.name, first, number)


@dataclass
class Dataset:
    """A tf.data dataset of (inputs, labels) batches or rows."""

    name: str
    dataset: Any

    def batches(self, number: int) -> Iterator[Batch]:
        """The dataset's own batches; single rows are gathered."""
        first = 0
        rows: list[tuple[Any, Any]] = []
        spec = getattr(self.dataset, "element_spec", None)
        batched = spec is not None and _leading(spec)
        for element in self.dataset.as_numpy_iterator():
            x, y = element[:2] if isinstance(element, tuple) and len(element) >= 2 else (element, None)
            if batched:
                yield self._batch(_leaves(x), None if y is None else np.asarray(_leaves(y)[0]), first, number)
                first += len(_leaves(x)[0])
                continue
            rows.append((x, y))
            if len(rows) == 1024:
                yield self._stack(rows, first, number)
                first, rows = first + len(rows), []
        if rows:
            yield self._stack(rows, first, number)

    def _stack(self, rows: list[tuple[Any, Any]], first: int, number: int) -> Batch:
        leaves = [np.stack(column) for column in zip(*(_leaves(x) for x, _ in rows), strict=True)]
        labels = None if rows[0][1] is None else np.stack([_leaves(y)[0] for _, y in rows])
        return self._batch(leaves, labels, first, number)

    def _batch(self, leaves: list[np.ndarray], labels: np.ndarray | None, first: int, number: int) -> Batch:
        made = next(iter(Arrays(self.name, tuple(np.asarray(a) for a in leaves), labels).batches(number)))
        return Batch(made.numbers, made.texts, made.labels, (), made.text_columns, first, number)


def _leaves(value: Any) -> list[np.ndarray]:
    if isinstance(value, dict):
        return [np.asarray(value[k]) for k in sorted(value)]
    return [np.asarray(v) for v in value] if isinstance(value, tuple | list) else [np.asarray(value)]


def _leading(spec: Any) -> bool:
    first = spec
    while isinstance(first, tuple | list | dict):
        first = next(iter(first.values())) if isinstance(first, dict) else first[0]
    shape = getattr(first, "shape", None)
    return bool(shape is not None and shape.rank and shape[0] is None) or bool(
        shape is not None and shape.rank and isinstance(spec, tuple) and len(spec) > 1 and _ranked(spec[1])
    )


def _ranked(spec: Any) -> bool:
    shape = getattr(spec, "shape", None)
    return bool(shape is not None and shape.rank and shape[0] is None)


def open_source(thing: Any, label: Any, role: str) -> Source:
    """Read whatever a split was handed over as.

    `thing`: (inputs, targets), an array, a mapping of arrays, a data frame, a tf.data dataset, or a path: .npz, .npy,
    .csv, .tsv, .parquet, .tfrecord, a folder of such files, a folder with one folder of pictures per class, a glob, or
    a list of paths. `label`: a column's name (or several, a one-hot block), or an array of targets.

    Raises:
        SourceError: it is none of these, or does not exist.
    """
    from traindx.engines import files

    names = label_names(label)
    given = None if names or label is None else np.asarray(label)
    if isinstance(thing, Source):
        return thing
    if isinstance(thing, str | Path):
        return Source(role, files.parts_of(_paths(str(thing), role), names, role))
    if isinstance(thing, list | tuple) and thing and all(isinstance(t, str | Path) for t in thing):
        return Source(role, files.parts_of([Path(t) for t in thing], names, role))
    if hasattr(thing, "as_numpy_iterator"):
        return Source(role, [Dataset(role, thing)])
    if hasattr(thing, "__dataframe__") or hasattr(thing, "columns") or hasattr(thing, "column_names"):
        return Source(role, [Frame(role, thing, names)])
    if isinstance(thing, dict):
        columns = {str(k): np.asarray(v) for k, v in thing.items()}
        return Source(role, [_Columns(role, columns, names)])
    if isinstance(thing, tuple) and len(thing) == 2:
        x, y = thing
        inputs = (
            tuple(np.asarray(a) for a in x)
            if isinstance(x, tuple | list) and not np.isscalar(x[0])
            else (np.asarray(x),)
        )
        if hasattr(x, "columns"):
            names_x = tuple(str(c) for c in x.columns)
            return Source(role, [Arrays(role, (np.asarray(x),), np.asarray(y), names_x)])
        return Source(role, [Arrays(role, inputs, None if y is None else np.asarray(y))])
    if isinstance(thing, np.ndarray | list):
        return Source(role, [Arrays(role, (np.asarray(thing),), given)])
    raise SourceError(f"{role}: cannot read {type(thing).__name__}; give arrays, a data frame, a dataset or a path")


@dataclass
class _Columns:
    name: str
    columns: dict[str, np.ndarray]
    label: tuple[str, ...]

    def batches(self, number: int) -> Iterator[Batch]:
        lengths = {len(a) for a in self.columns.values()}
        if len(lengths) > 1:
            raise SourceError(f"{self.name}: columns have different numbers of rows ({sorted(lengths)[:3]})")
        if all(a.ndim == 1 for a in self.columns.values()):
            yield batch_of_columns(self.columns, self.label, self.name, 0, number)
            return
        labels = [self.columns[c] for c in self.label if c in self.columns]
        inputs = tuple(a for c, a in self.columns.items() if c not in self.label)
        yield from Arrays(self.name, inputs, labels[0] if labels else None).batches(number)


def label_names(label: Any) -> tuple[str, ...]:
    """The target column(s) that a label names; none where it is an array."""
    return () if label is None else (label,) if isinstance(label, str) else tuple(label) if _strings(label) else ()


def _strings(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)


def _paths(text: str, role: str) -> list[Path]:
    path = Path(text).expanduser()
    if path.exists():
        return [path]
    found = sorted(Path(p) for p in glob.glob(str(path), recursive=True))
    if not found:
        hint = " (addresses are read with --engine spark)" if "://" in text else ""
        raise SourceError(f"{role}: no such file or folder: {text}{hint}")
    return found


__all__ = ["Arrays", "Dataset", "Frame", "Part", "batch_of_columns", "open_source"]
