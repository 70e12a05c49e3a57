"""Files as batches: Parquet, NumPy files, and which reader a path gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from traindx.engines.base import Batch, NoLabelError, Part, Source, SourceError
from traindx.engines.sources import ROWS, Arrays, batch_of_columns

EXTRA = "pip install 'traindx[data]'"
KNOWN = ".parquet, .csv, .tsv, .npz, .npy, .tfrecord, picture folders"


def open_paths(paths: list[Path], label: tuple[str, ...], role: str) -> Source:
    """One part a file, folders opened; a folder whose folders hold pictures is one part.

    Raises:
        SourceError: there is nothing that can be read.
    """
    from traindx.engines.pictures import PictureFolder, has_pictures

    source = Source(role, [])
    for path in paths:
        if path.is_dir() and has_pictures(path):
            source.parts.append(PictureFolder(str(path), path))
        elif path.is_dir():
            for inside in sorted(p for p in path.rglob("*") if p.is_file()):
                if not inside.name.startswith((".", "_")):
                    _add(source, inside, label, role)
        else:
            _add(source, path, label, role)
    if not source.parts:
        why = source.left_out[0] if source.left_out else f"{', '.join(map(str, paths[:3]))} holds no file that can be read"
        raise SourceError(why if str(paths[0]) in why else f"{role}: {why}")
    source.named = all(getattr(part, "named", False) for part in source.parts)
    return source


def _add(source: Source, path: Path, label: tuple[str, ...], role: str) -> None:
    """The part for a file, or a sentence on why there is none."""
    if path.stat().st_size == 0:
        source.left_out.append(f"{path} is empty (0 bytes)")
        return
    try:
        source.parts.append(part_of(path, label, role))
    except SourceError as fault:
        source.left_out.append(str(fault))


def part_of(path: Path, label: tuple[str, ...], role: str) -> Part:
    """How a file is read, by its name.

    Raises:
        SourceError: its kind is not known.
    """
    from traindx.engines.csv_file import Csv
    from traindx.engines.records import Records

    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".parquet", ".pq")):
        return Parquet(str(path), path, label)
    if name.endswith((".csv", ".tsv", ".txt")):
        return Csv(str(path), path, label)
    if name.endswith((".npz", ".npy")):
        return NumpyFile(str(path), path, label, role)
    if ".tfrecord" in name or name.endswith(".tfrec"):
        return Records(str(path), path, label)
    raise SourceError(f"{path}: unknown kind of file (known: {KNOWN})")


def arrow_columns(batch: Any) -> dict[str, np.ndarray]:
    """Columns (n,) of an Arrow batch: numbers with NaN for missing, dates, texts as objects, lists of one length by cell."""
    import pyarrow as pa

    made: dict[str, np.ndarray] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        kind = column.type
        if pa.types.is_dictionary(kind):
            column = column.dictionary_decode()
            kind = column.type
        if pa.types.is_boolean(kind):
            column = column.cast(pa.int8())
        elif pa.types.is_decimal(kind) or pa.types.is_null(kind):
            column = column.cast(pa.float64())
        elif pa.types.is_duration(kind) or pa.types.is_time(kind):
            column = column.cast(pa.int64())
        elif pa.types.is_list(kind) or pa.types.is_fixed_size_list(kind) or pa.types.is_large_list(kind):
            made.update(_cells(str(name), column))
            continue
        made[str(name)] = column.to_numpy(zero_copy_only=False)
    return made


def _cells(name: str, column: Any) -> dict[str, np.ndarray]:
    sizes = set(column.value_lengths().to_pylist()) if hasattr(column, "value_lengths") else {column.type.list_size}
    if len(sizes) != 1 or None in sizes:
        raise SourceError(f"column {name!r} holds lists of different lengths; pad them")
    values = column.flatten().to_numpy(zero_copy_only=False)
    block = values.reshape(len(column), -1)
    return {f"{name}[{j}]": block[:, j] for j in range(block.shape[1])}


@dataclass
class Parquet:
    """A Parquet file, read by pyarrow in batches."""

    name: str
    path: Path
    label: tuple[str, ...]
    notes: list[str] = field(default_factory=list[str])
    named: bool = True
    rows: int | None = None

    def batches(self, number: int) -> Iterator[Batch]:
        """Batches of 65 536 rows."""
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise SourceError(f"{self.path}: Parquet needs pyarrow ({EXTRA})") from None
        first = 0
        try:
            with pq.ParquetFile(self.path, buffer_size=1 << 20, pre_buffer=False) as file:
                self.rows = file.metadata.num_rows
                for batch in file.iter_batches(ROWS, use_threads=False):
                    yield batch_of_columns(arrow_columns(batch), self.label, self.name, first, number)
                    first += batch.num_rows
        except SourceError as fault:
            raise fault if str(self.path) in str(fault) else SourceError(f"{self.path}: {fault}") from None
        except (pa.ArrowException, OSError) as fault:
            where = f" after row {first}" if first else ""
            raise SourceError(f"{self.path}: not a readable Parquet file{where} ({first_line(fault)})") from None


def footer(file: Any, name: str) -> tuple[Any, int]:
    """The Arrow schema and the number of rows of a Parquet file: a path, or what pyarrow opens.

    Raises:
        SourceError: it is no Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as opened:
            return opened.schema_arrow, opened.metadata.num_rows
    except (pa.ArrowException, OSError) as fault:
        raise SourceError(f"{name}: not a readable Parquet file ({first_line(fault)})") from None


@dataclass
class NumpyFile:
    """An .npz file with inputs and labels by name, or an .npy file with inputs."""

    name: str
    path: Path
    label: tuple[str, ...]
    role: str
    notes: list[str] = field(default_factory=list[str])

    @property
    def rows(self) -> int | None:
        """Not known beforehand."""
        return None

    def batches(self, number: int) -> Iterator[Batch]:
        """The arrays named x, x_train, images, data, ... and y, y_train, labels, target, or as `label` says."""
        try:
            loaded = np.load(self.path, allow_pickle=False)
            if isinstance(loaded, np.ndarray):
                yield from Arrays(self.name, (loaded,), None).batches(number)
                return
            arrays = {k: loaded[k] for k in loaded.files}
        except SourceError:
            raise
        except Exception as fault:  # noqa: BLE001 - NumPy, its parser of headers and zipfile raise whatever they like
            raise SourceError(f"{self.path}: not a readable NumPy file ({first_line(fault)})") from None
        x, y = self._choose(arrays)
        yield from Arrays(self.name, x, y).batches(number)

    def _choose(self, arrays: dict[str, np.ndarray]) -> tuple[tuple[np.ndarray, ...], np.ndarray | None]:
        short = {"train": ("train",), "validation": ("validation", "valid", "val"), "test": ("test",)}.get(
            self.role, ()
        )
        mine = {k: a for k, a in arrays.items() if any(k.lower().endswith(s) for s in short)} or arrays
        if self.label:
            if self.label[0] not in arrays:
                raise NoLabelError(f"{self.path} has no array {self.label[0]!r}; it has {', '.join(arrays)}")
            y: np.ndarray | None = arrays[self.label[0]]
            rest = {k: a for k, a in mine.items() if k != self.label[0]}
        else:
            named = [k for k in mine if k.lower().split("_")[0] in ("y", "label", "labels", "target", "targets")]
            y = mine[named[0]] if named else None
            rest = {k: a for k, a in mine.items() if k not in named}
        n = len(y) if y is not None else max((len(a) for a in rest.values() if a.ndim), default=0)
        x = tuple(a for a in rest.values() if a.ndim and len(a) == n)
        if not x:
            raise SourceError(f"{self.path} holds no inputs for {self.role}; it has {', '.join(arrays)}")
        return x, y


def first_line(fault: BaseException) -> str:
    """What went wrong, in one line of at most 120 characters."""
    return (str(fault).strip() or type(fault).__name__).splitlines()[0][:120]
