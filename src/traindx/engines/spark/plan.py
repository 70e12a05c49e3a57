"""Which files of a split Spark's own Parquet reader brings, which our readers read on the workers, and how many rows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from traindx.engines import files
from traindx.engines.base import Batch, Part, Source, SourceError
from traindx.engines.sources import batch_of_columns
from traindx.engines.spark.session import said

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass
class Remote:
    """A file at an address that Hadoop's file systems know (hdfs://, s3a://, ...); `part` reads a copy of it."""

    name: str
    part: Any
    notes: list[str] = field(default_factory=list[str])

    @property
    def rows(self) -> int | None:
        """Not known here."""
        return None

    def batches(self, number: int) -> Iterator[Batch]:
        """It is read on the workers only."""
        raise SourceError(f"{self.name} is read by Spark only")


@dataclass
class Group:
    """Parquet files with one schema, as pyarrow has it: (number, part) each."""

    files: list[tuple[int, Any]]
    schema: Any
    columns: int


@dataclass
class Plan:
    """What to do with a split's parts. `rows` in all of them where the files' footers tell, else None."""

    groups: list[Group] = field(default_factory=list[Group])
    files: list[tuple[int, Any]] = field(default_factory=list[tuple[int, Any]])
    contents: list[tuple[int, Remote]] = field(default_factory=list[tuple[int, Remote]])
    rows: int | None = None
    left_out: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def without(self, number: int) -> Plan:
        """The same without one Parquet file."""
        groups = [replace(g, files=[f for f in g.files if f[0] != number]) for g in self.groups]
        return replace(self, groups=[g for g in groups if g.files], rows=None)


def listed(session: SparkSession, address: str, label: tuple[str, ...], role: str) -> Source:
    """The files at an address, a pattern or a folder, as Hadoop's file systems list them.

    Raises:
        SourceError: there are none, or the file system cannot be reached.
    """
    try:
        frame = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(address)
        found = sorted(row["path"] for row in frame.select("path").collect())
    except Exception as fault:  # noqa: BLE001 - whatever the file system says
        raise SourceError(f"{role}: cannot list {address} ({said(fault)})") from None
    if not found:
        raise SourceError(f"{role}: no such file or folder: {address}")
    parts: list[Part] = []
    for path in found:
        template = files.part_of(Path("/", PurePosixPath(path).name), label, role)
        parts.append(Remote(path, replace(template, name=path)))  # type: ignore[arg-type]
    return Source(role, parts)


def planned(session: SparkSession, parts: list[Part]) -> Plan:
    """Sort the parts by who reads them, and open the Parquet files' footers."""
    plan = Plan()
    tables: list[tuple[int, Any]] = []
    for number, part in enumerate(parts):
        if isinstance(part, Remote):
            (tables if isinstance(part.part, files.Parquet) else plan.contents).append((number, part))
            continue
        part = replace(part, path=Path(os.path.abspath(part.path)))  # type: ignore[attr-defined,type-var]
        (tables if isinstance(part, files.Parquet) else plan.files).append((number, part))
    groups: dict[str, Group] = {}
    total = 0
    with ThreadPoolExecutor(8) as pool:
        for job, opened in zip(tables, pool.map(lambda job: _opened(session, job[1]), tables), strict=True):
            if isinstance(opened, str):
                plan.left_out.append((job[0], opened))
                continue
            schema, rows = opened
            groups.setdefault(str(schema), Group([], schema, len(schema.names))).files.append(job)
            total += rows
    plan.groups += groups.values()
    plan.rows = None if plan.files or plan.contents else total
    return plan


def _opened(session: SparkSession, part: Any) -> tuple[Any, int] | str:
    """A Parquet file's Arrow schema and rows, or a sentence where it cannot be read or lacks a label's column."""
    try:
        if isinstance(part, Remote):
            schema, rows = files.footer(_tail(session, part.name), part.name)
        else:
            schema, rows = files.footer(part.path, part.name)
        schema = schema.remove_metadata()
        label = (part.part if isinstance(part, Remote) else part).label
        batch_of_columns(files.arrow_columns(_no_rows(schema)), label, part.name, 0, 0)
        return schema, rows
    except SourceError as fault:
        return str(fault)
    except Exception as fault:  # noqa: BLE001 - whatever the file system says
        return f"{part.name}: not a readable Parquet file ({said(fault)})"


def _tail(session: SparkSession, name: str) -> Any:
    """A file's footer, read through Hadoop's file systems, as a file of its own that pyarrow opens."""
    import pyarrow as pa

    jvm: Any = session.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(name)
    system = path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())
    size, wanted = system.getFileStatus(path).getLen(), 1 << 16
    while True:
        wanted = min(wanted, size)
        stream = system.open(path)
        try:
            stream.seek(size - wanted)
            data = bytes(stream.readNBytes(wanted))
        finally:
            stream.close()
        need = int.from_bytes(data[-8:-4], "little") + 8
        if need <= wanted or wanted == size:
            return pa.BufferReader(b"PAR1" + data[-need:])
        wanted = need


def _no_rows(schema: Any) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([pa.array([], f.type) for f in schema], schema=schema)


def address(part: Any) -> str:
    """Where Spark finds a file: this machine's files say so, whatever the default file system is."""
    return escaped(own(part))


def escaped(path: str) -> str:
    """An address without patterns for Hadoop."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", path)


def one_slash(address: str) -> str:
    """`file:///x` and `file:/x` in one spelling, the one of the `_metadata.file_path` column."""
    return re.sub("^file:/+", "file:/", address)


def plain(told: str) -> str:
    """An address that Spark tells, as `own` spells it."""
    return one_slash(unquote(told))


def own(part: Any) -> str:
    """A part's own address, nothing in it encoded."""
    return one_slash(part.name) if isinstance(part, Remote) else f"file:{part.path}"
