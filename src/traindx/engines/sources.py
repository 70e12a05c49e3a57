"""What people hand over, read as batches: arrays, data frames, files, folders, datasets."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from traindx.engines.base import Batch, NoLabelError, Part, Source, SourceError

ROWS = 1 << 16


@dataclass
class Arrays:
    """Inputs (n, ...), one array or several, and targets (n, ...) in memory."""

    name: str
    inputs: tuple[np.ndarray, ...]
    labels: np.ndarray | None
    columns: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list[str])

    @property
    def rows(self) -> int | None:
        """All of them."""
        return len(self.inputs[0])

    def batches(self, number: int) -> Iterator[Batch]:
        """Slices of about 64 MB."""
        for what, array in (*(("inputs", a) for a in self.inputs), ("labels", self.labels)):
            if array is not None and array.ndim == 0:
                raise SourceError(f"{self.name}: {what} are one value, not rows")
        n = len(self.inputs[0])
        for what, array in (*(("inputs", a) for a in self.inputs), ("labels", self.labels)):
            if array is not None and len(array) != n:
                raise SourceError(f"{self.name}: {what} have {len(array)} rows, the first input has {n}")
        if not n:
            return
        if self.labels is not None and not self.labels.size:
            raise SourceError(f"{self.name}: its labels hold no values (shape {self.labels.shape})")
        if not any(a.size for a in self.inputs):
            raise SourceError(f"{self.name}: its rows hold no values (inputs of shape {self.inputs[0].shape})")
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
                np.concatenate([plain_texts(t[cut]) for t in texts], axis=1)
                if texts
                else np.zeros((cut.stop - first, 0), object)
            )
            labels = None if self.labels is None else self.labels[cut]
            yield Batch(
                numbers, words, labels, self.columns, tuple(f"text {j}" for j in range(words.shape[1])), first, number
            )


@dataclass
class Labelled:
    """A part whose targets (n, ...) were handed over as an array."""

    part: Part
    labels: np.ndarray
    notes: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.name, self.notes = self.part.name, self.part.notes

    @property
    def rows(self) -> int | None:
        """As many as the part has."""
        return self.part.rows

    def batches(self, number: int) -> Iterator[Batch]:
        """The part's batches with their labels."""
        last = 0
        for batch in self.part.batches(number):
            last = batch.first + batch.rows
            if last > len(self.labels):
                break
            yield replace(batch, labels=self.labels[batch.first : last])
        if last != len(self.labels):
            raise SourceError(f"{self.name} has {'more' if last > len(self.labels) else last} rows, the labels {len(self.labels)}")


def plain_texts(values: np.ndarray) -> np.ndarray:
    """Objects of any shape with bytes decoded, so that one text is one text wherever it comes from."""
    if values.dtype.kind == "S" or (values.dtype.kind == "O" and any(isinstance(v, bytes) for v in values.flat[:50])):
        decoded = [v.decode("utf-8", "replace") if isinstance(v, bytes) else v for v in values.flat]
        return np.array(decoded, object).reshape(values.shape)
    return values.astype(object)


def batch_of_columns(
    columns: dict[str, np.ndarray], label: tuple[str, ...], name: str, first: int, number: int
) -> Batch:
    """A batch from named columns (n,) each: numbers, texts and the label column(s).

    Raises:
        SourceError: a label column is not there.
    """
    for wanted in label:
        if wanted not in columns:
            raise NoLabelError(f"{name} has no column {wanted!r}; it has {', '.join(list(columns)[:12])}")
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
    words = np.stack([plain_texts(inputs[c]) for c in texts], axis=1) if texts else np.zeros((n, 0), object)
    return Batch(numbers.T, words, labels, tuple(numeric + dates), tuple(texts), first, number)


def open_source(thing: Any, label: Any, role: str) -> Source:
    """Read whatever a split was handed over as.

    `thing`: (inputs, targets), an array, a mapping of arrays, a data frame, a tf.data dataset, or a path: .npz, .npy,
    .csv, .tsv, .parquet, .tfrecord, a folder of such files, a folder with one folder of pictures per class, a glob, or
    a list of paths. `label`: a column's name (or several, a one-hot block), or an array of the training split's
    targets, or a mapping of arrays by split.

    Raises:
        SourceError: it is none of these, or does not exist.
    """
    if isinstance(thing, Source):
        return thing
    names = label_names(label)
    given = label.get(role) if isinstance(label, dict) else label if role == "train" and not names else None
    source = _open(thing, names, role)
    if given is not None:
        if len(source.parts) > 1:
            raise SourceError(f"{role}: an array of labels needs one file, not {len(source.parts)}")
        source.parts = [Labelled(source.parts[0], np.asarray(given))]
    return source


def _open(thing: Any, names: tuple[str, ...], role: str) -> Source:
    from traindx.engines import files, frames

    if isinstance(thing, str | Path):
        return files.open_paths(_paths(str(thing), role), names, role)
    if isinstance(thing, list | tuple) and thing and all(isinstance(t, str | Path) for t in thing):
        return files.open_paths([p for t in thing for p in _paths(str(t), role)], names, role)
    if hasattr(thing, "as_numpy_iterator"):
        return Source(role, [frames.Dataset(role, thing)])
    if frames.is_frame(thing):
        return Source(role, [frames.Frame(role, thing, names)], named=True)
    if isinstance(thing, dict):
        columns = {str(k): _array(v, f"{role}: column {str(k)!r}") for k, v in thing.items()}
        if not columns:
            raise SourceError(f"{role} holds no columns")
        if single := [k for k, a in columns.items() if a.ndim == 0]:
            raise SourceError(f"{role}: column {single[0]!r} holds one value, not one for each row")
        table = all(a.ndim == 1 for a in columns.values())
        return Source(role, [_Columns(role, columns, names)], named=table)
    if isinstance(thing, tuple) and len(thing) == 2:
        return _pair(thing[0], thing[1], role)
    if isinstance(thing, np.ndarray | list):
        return Source(role, [Arrays(role, (_array(thing, role),), None)])
    raise SourceError(f"{role}: cannot read {type(thing).__name__}; give arrays, a data frame, a dataset or a path")


def _pair(x: Any, y: Any, role: str) -> Source:
    """Inputs and targets: frames, arrays, or several arrays."""
    from traindx.engines import frames

    labels = None if y is None else _array(y, role)
    if frames.is_frame(x):
        part: Part = frames.Frame(role, x, ())
        labels = labels[:, 0] if labels is not None and labels.ndim == 2 and labels.shape[1] == 1 else labels
        return Source(role, [part if labels is None else Labelled(part, labels)], named=True)
    if isinstance(x, dict):
        x = tuple(x[k] for k in sorted(x))
    several = isinstance(x, tuple | list) and len(x) > 0 and np.ndim(x[0]) > 0 and isinstance(x, tuple)
    inputs = tuple(_array(a, role) for a in x) if several or _all_arrays(x) else (_array(x, role),)
    return Source(role, [Arrays(role, inputs, labels)])


def _all_arrays(x: Any) -> bool:
    return isinstance(x, list) and len(x) > 0 and all(isinstance(a, np.ndarray) and a.ndim > 1 for a in x)


def _array(value: Any, role: str) -> np.ndarray:
    try:
        return np.asarray(value)
    except (ValueError, OverflowError):
        raise SourceError(f"{role}: a list whose rows have different lengths is no array; pad the rows") from None


@dataclass
class _Columns:
    name: str
    columns: dict[str, np.ndarray]
    label: tuple[str, ...]
    notes: list[str] = field(default_factory=list[str])

    @property
    def rows(self) -> int | None:
        return len(next(iter(self.columns.values()))) if self.columns else 0

    def batches(self, number: int) -> Iterator[Batch]:
        lengths = {len(a) for a in self.columns.values()}
        if len(lengths) > 1:
            raise SourceError(f"{self.name}: columns have different numbers of rows ({sorted(lengths)[:3]})")
        if all(a.ndim == 1 for a in self.columns.values()):
            yield batch_of_columns(self.columns, self.label, self.name, 0, number)
            return
        for wanted in self.label:
            if wanted not in self.columns:
                raise NoLabelError(f"{self.name} has no array {wanted!r}; it has {', '.join(self.columns)}")
        labels = [self.columns[c] for c in self.label]
        inputs = tuple(a for c, a in self.columns.items() if c not in self.label)
        yield from Arrays(self.name, inputs, labels[0] if labels else None).batches(number)


def label_names(label: Any) -> tuple[str, ...]:
    """The target column(s) that a label names; none where it is an array."""
    return () if label is None else (label,) if isinstance(label, str) else tuple(label) if _strings(label) else ()


def _strings(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(v, str) for v in value)


def _paths(text: str, role: str) -> list[Path]:
    path = Path(text).expanduser()
    if path.exists():
        return [path]
    found = sorted(Path(p) for p in glob.glob(str(path), recursive=True))
    if not found:
        hint = " (addresses are read with --engine spark)" if "://" in text else ""
        raise SourceError(f"{role}: no such file or folder: {text}{hint}")
    return found


__all__ = ["Arrays", "Part", "batch_of_columns", "open_source"]
