"""Files as batches: Parquet, CSV, NumPy, TFRecord and folders of pictures."""

from __future__ import annotations

import csv
import gzip
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from traindx.engines.base import Batch, Part, SourceError
from traindx.engines.sources import ROWS, Arrays, batch_of_columns

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
_EXTRA = "pip install 'traindx[data]'"


def parts_of(paths: list[Path], label: tuple[str, ...], role: str) -> list[Part]:
    """One part a file, folders opened; a folder whose folders hold pictures is one part.

    Raises:
        SourceError: there is nothing that can be read.
    """
    parts: list[Part] = []
    for path in paths:
        if path.is_dir():
            if _has_pictures(path):
                parts.append(PictureFolder(str(path), path))
                continue
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith((".", "_")))
            parts += [part_of(p, label, role) for p in inside]
        else:
            parts.append(part_of(path, label, role))
    if not parts:
        raise SourceError(f"{role}: {', '.join(map(str, paths[:3]))} holds no file that can be read")
    return parts


def _has_pictures(path: Path) -> bool:
    return any(p.suffix.lower() in PICTURES for d in path.iterdir() if d.is_dir() for p in d.iterdir())


def part_of(path: Path, label: tuple[str, ...], role: str) -> Part:
    """How a file is read, by its name.

    Raises:
        SourceError: its kind is not known.
    """
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".parquet", ".pq")):
        return Parquet(str(path), path, label)
    if name.endswith((".csv", ".tsv", ".txt")):
        return Csv(str(path), path, label)
    if name.endswith((".npz", ".npy")):
        return NumpyFile(str(path), path, label, role)
    if ".tfrecord" in name:
        from traindx.engines.records import Records

        return Records(str(path), path, label)
    raise SourceError(
        f"{path}: unknown kind of file (known: .parquet, .csv, .tsv, .npz, .npy, .tfrecord, picture folders)"
    )


def arrow_columns(batch: Any) -> dict[str, np.ndarray]:
    """Columns (n,) of an Arrow batch: numbers with NaN for missing, texts as objects."""
    import pyarrow as pa

    made: dict[str, np.ndarray] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        kind = column.type
        if pa.types.is_dictionary(kind):
            column = column.dictionary_decode()
            kind = column.type
        if pa.types.is_boolean(kind):
            column = column.cast(pa.int8())
        elif pa.types.is_decimal(kind):
            column = column.cast(pa.float64())
        made[name] = column.to_numpy(zero_copy_only=False)
    return made


@dataclass
class Parquet:
    """A Parquet file, read by pyarrow in batches."""

    name: str
    path: Path
    label: tuple[str, ...]

    def batches(self, number: int) -> Iterator[Batch]:
        """Batches of 65 536 rows."""
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise SourceError(f"{self.path}: Parquet needs pyarrow ({_EXTRA})") from None
        first = 0
        try:
            with pq.ParquetFile(self.path, memory_map=True) as file:
                for batch in file.iter_batches(ROWS, use_threads=False):
                    yield batch_of_columns(arrow_columns(batch), self.label, self.name, first, number)
                    first += batch.num_rows
        except (pa.ArrowException, OSError) as fault:
            where = f" after row {first}" if first else ""
            raise SourceError(f"{self.path}: not a readable Parquet file{where} ({_first_line(fault)})") from None


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
        raise SourceError(f"{name}: not a readable Parquet file ({_first_line(fault)})") from None


@dataclass
class Csv:
    """A CSV or TSV file with a header, plain or gzipped; read by pyarrow where it is installed."""

    name: str
    path: Path
    label: tuple[str, ...]

    def batches(self, number: int) -> Iterator[Batch]:
        """Batches of some 10 000 rows; a column keeps the kind that its first rows have."""
        if self.path.stat().st_size == 0:
            raise SourceError(f"{self.path} is empty (0 bytes)")
        try:
            import pyarrow.csv  # noqa: F401
        except ImportError:
            yield from self._plain(number)
            return
        yield from self._arrow(number)

    def _separator(self) -> str:
        opener = gzip.open if self.path.suffix == ".gz" else open
        with opener(self.path, "rt", encoding="utf-8", errors="replace") as file:
            head = file.readline()
        return max(",\t;|", key=head.count)

    def _arrow(self, number: int) -> Iterator[Batch]:
        import pyarrow as pa
        from pyarrow import csv as arrow_csv

        first = 0
        try:
            reader = arrow_csv.open_csv(
                self.path,
                read_options=arrow_csv.ReadOptions(block_size=4 << 20),
                parse_options=arrow_csv.ParseOptions(delimiter=self._separator()),
                convert_options=arrow_csv.ConvertOptions(
                    null_values=["", "NA", "NaN", "nan", "null", "?"], strings_can_be_null=False
                ),
            )
            for batch in reader:
                yield batch_of_columns(arrow_columns(batch), self.label, self.name, first, number)
                first += batch.num_rows
        except (pa.ArrowException, OSError) as fault:
            raise SourceError(f"{self.path}: cannot be read after row {first} ({_first_line(fault)})") from None

    def _plain(self, number: int) -> Iterator[Batch]:
        opener = gzip.open if self.path.suffix == ".gz" else open
        with opener(self.path, "rt", encoding="utf-8", errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=self._separator())
            header = next(reader)
            rows: list[list[str]] = []
            first, kinds = 0, None
            for row in reader:
                if len(row) != len(header):
                    raise SourceError(
                        f"{self.path}: row {first + len(rows) + 1} has {len(row)} cells, the header {len(header)}"
                    )
                rows.append(row)
                if len(rows) == 20000:
                    made, kinds = self._convert(header, rows, kinds, first)
                    yield batch_of_columns(made, self.label, self.name, first, number)
                    first, rows = first + len(rows), []
            if rows:
                made, kinds = self._convert(header, rows, kinds, first)
                yield batch_of_columns(made, self.label, self.name, first, number)

    def _convert(
        self, header: list[str], rows: list[list[str]], kinds: list[bool] | None, first: int
    ) -> tuple[dict[str, np.ndarray], list[bool]]:
        made: dict[str, np.ndarray] = {}
        numeric: list[bool] = []
        for j, name in enumerate(header):
            cells = [row[j].strip() for row in rows]
            try:
                if kinds is not None and not kinds[j]:
                    raise ValueError
                made[name] = np.array([float(c) if c not in ("", "NA", "?", "null") else np.nan for c in cells])
                numeric.append(True)
            except ValueError:
                if kinds is not None and kinds[j]:
                    at = next(i for i, c in enumerate(cells) if not _is_number(c))
                    raise SourceError(
                        f"{self.path}: row {first + at + 1}, column {name!r} holds {cells[at]!r} among numbers"
                    ) from None
                made[name] = np.array(cells, object)
                numeric.append(False)
        return made, numeric


def _is_number(text: str) -> bool:
    try:
        float(text or "nan")
    except ValueError:
        return text in ("NA", "?", "null")
    return True


@dataclass
class NumpyFile:
    """An .npz file with inputs and labels by name, or an .npy file with inputs."""

    name: str
    path: Path
    label: tuple[str, ...]
    role: str

    def batches(self, number: int) -> Iterator[Batch]:
        """The arrays named x, x_train, images, data, ... and y, y_train, labels, target, or as `label` says."""
        try:
            loaded = np.load(self.path, allow_pickle=False)
            if isinstance(loaded, np.ndarray):
                yield from Arrays(self.name, (loaded,), None).batches(number)
                return
            arrays = {k: loaded[k] for k in loaded.files}
        except (OSError, ValueError, zipfile.BadZipFile, EOFError) as fault:
            raise SourceError(f"{self.path}: not a readable NumPy file ({_first_line(fault)})") from None
        x, y = self._choose(arrays)
        yield from Arrays(self.name, x, y).batches(number)

    def _choose(self, arrays: dict[str, np.ndarray]) -> tuple[tuple[np.ndarray, ...], np.ndarray | None]:
        short = {"train": ("train",), "validation": ("validation", "valid", "val"), "test": ("test",)}.get(
            self.role, ()
        )
        mine = {k: a for k, a in arrays.items() if any(k.lower().endswith(s) for s in short)} or arrays
        if self.label:
            if self.label[0] not in arrays:
                raise SourceError(f"{self.path} has no array {self.label[0]!r}; it has {', '.join(arrays)}")
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


@dataclass
class PictureFolder:
    """A folder with one folder of pictures per class."""

    name: str
    path: Path
    side: int = 64

    def batches(self, number: int) -> Iterator[Batch]:
        """Pictures as RGB, scaled to 64 x 64, 256 a batch; the folder's name is the label."""
        try:
            from PIL import Image, UnidentifiedImageError
        except ImportError:
            raise SourceError(f"{self.path}: pictures need Pillow ({_EXTRA})") from None
        files = [
            (d.name, p)
            for d in sorted(self.path.iterdir())
            if d.is_dir()
            for p in sorted(d.iterdir())
            if p.suffix.lower() in PICTURES
        ]
        pictures: list[np.ndarray] = []
        labels: list[str] = []
        broken: list[str] = []
        first = 0
        for kind, file in files:
            try:
                with Image.open(file) as picture:
                    pictures.append(np.asarray(picture.convert("RGB").resize((self.side, self.side))))
                labels.append(kind)
            except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
                broken.append(f"{kind}/{file.name}")
            if len(pictures) == 256:
                yield self._batch(pictures, labels, first, number)
                first, pictures, labels = first + 256, [], []
        if pictures:
            yield self._batch(pictures, labels, first, number)
        if broken:
            raise SourceError(f"{self.path}: {len(broken)} picture(s) do not decode: {', '.join(broken[:5])}")

    @staticmethod
    def _batch(pictures: list[np.ndarray], labels: list[str], first: int, number: int) -> Batch:
        return Batch(np.stack(pictures), np.zeros((len(labels), 0), object), np.array(labels), first=first, part=number)


def _first_line(fault: BaseException) -> str:
    return (str(fault).strip() or type(fault).__name__).splitlines()[0][:120]
