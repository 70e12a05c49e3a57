"""TFRecord files of tf.train.Example, without TensorFlow: the framing and the few protobuf fields that are needed."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from traindx.engines.base import Batch, SourceError
from traindx.engines.sources import batch_of_columns

_LABELS = ("label", "y", "target", "class", "image/class/label")


def _table() -> np.ndarray:
    made = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        made = np.where(made & 1, (made >> 1) ^ np.uint32(0x82F63B78), made >> 1).astype(np.uint32)
    return made


_TABLE = _table()
_CRC = [int(v) for v in _TABLE]


def masked_crc(data: bytes) -> int:
    """CRC-32C, masked as TFRecord does."""
    crc = 0xFFFFFFFF
    if len(data) > 64:
        crc = _crc()(np.frombuffer(data, np.uint8), _TABLE)
    else:
        for byte in data:
            crc = _CRC[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def _plain_crc(data: np.ndarray, table: np.ndarray) -> int:
    crc = 0xFFFFFFFF
    for byte in data.tolist():
        crc = _CRC[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc


@cache
def _crc() -> Callable[[np.ndarray, np.ndarray], int]:
    """The loop over bytes, compiled where numba is installed (else some 10 MB a second)."""
    try:
        import numba
    except ImportError:
        return _plain_crc

    @numba.njit(cache=True)  # type: ignore[untyped-decorator]
    def compiled(data: np.ndarray, table: np.ndarray) -> int:
        crc = np.uint32(0xFFFFFFFF)
        for i in range(len(data)):
            crc = table[(crc ^ np.uint32(data[i])) & np.uint32(0xFF)] ^ (crc >> np.uint32(8))
        return crc

    return lambda data, table: int(compiled(data, table))


def _opened(path: Path) -> Any:
    """The file, unpacked by what it starts with: gzip, zlib or plain (a TFRecord's eight bytes of length)."""
    with open(path, "rb") as file:
        start = file.read(12)
    if start[:2] == b"\x1f\x8b":
        return gzip.open(path, "rb")
    plain = len(start) == 12 and struct.unpack("<I", start[8:])[0] == masked_crc(start[:8])
    if not plain and start[:1] == b"\x78":
        return io.BytesIO(zlib.decompress(path.read_bytes()))
    return open(path, "rb")


def records(path: Path) -> Iterator[bytes]:
    """The records of a TFRecord file, plain or packed by gzip or zlib.

    Raises:
        SourceError: the file ends early, or a record does not match its checksum.
    """
    number = 0
    try:
        with _opened(path) as file:
            for number in range(1 << 62):
                head = file.read(12)
                if not head:
                    return
                if len(head) < 12 or struct.unpack("<I", head[8:])[0] != masked_crc(head[:8]):
                    raise SourceError(f"{path}: record {number} is damaged (its length does not match its checksum)")
                size = struct.unpack("<Q", head[:8])[0]
                body = file.read(size + 4)
                if len(body) < size + 4:
                    raise SourceError(f"{path}: record {number} is cut off ({len(body)} of {size + 4} bytes)")
                if struct.unpack("<I", body[size:])[0] != masked_crc(body[:size]):
                    raise SourceError(f"{path}: record {number} is damaged (its bytes do not match their checksum)")
                yield body[:size]
    except (OSError, EOFError, zlib.error) as fault:
        raise SourceError(f"{path}: cannot be unpacked after record {number} ({fault})") from None


def _fields(data: bytes) -> Iterator[tuple[int, int, bytes | int]]:
    at, end = 0, len(data)
    while at < end:
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == 2:
            size, at = _varint(data, at)
            yield tag >> 3, kind, data[at : at + size]
            at += size
        elif kind == 0:
            value, at = _varint(data, at)
            yield tag >> 3, kind, value
        elif kind == 5:
            yield tag >> 3, kind, data[at : at + 4]
            at += 4
        else:
            yield tag >> 3, kind, data[at : at + 8]
            at += 8


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7


def example(record: bytes) -> dict[str, np.ndarray]:
    """The features of one serialised tf.train.Example: float32, int64 or object arrays by name."""
    made: dict[str, np.ndarray] = {}
    for number, _, features in _fields(record):
        if number != 1 or not isinstance(features, bytes):
            continue
        for _, _, entry in _fields(features):
            if isinstance(entry, bytes):
                pair = {n: v for n, _, v in _fields(entry)}
                name, feature = pair.get(1, b""), pair.get(2, b"")
                if isinstance(name, bytes) and isinstance(feature, bytes):
                    made[name.decode()] = _feature(feature)
    return made


def _feature(data: bytes) -> np.ndarray:
    for number, _, values in _fields(data):
        if not isinstance(values, bytes):
            continue
        if number == 1:
            return np.array([v for _, _, v in _fields(values)], object)
        found: list[int] = []
        floats = b""
        for _, kind, value in _fields(values):
            if kind == 0 and isinstance(value, int):
                found.append(value)
            elif number == 2 and isinstance(value, bytes):
                floats += value
            elif isinstance(value, bytes):
                at = 0
                while at < len(value):
                    one, at = _varint(value, at)
                    found.append(one)
        if number == 2:
            return np.frombuffer(floats, "<f4")
        return np.array([v - (1 << 64) if v >> 63 else v for v in found], np.int64)
    return np.zeros(0, np.float32)


@dataclass
class Records:
    """A TFRecord file of tf.train.Example. Features of varying length are left out; coded pictures are decoded."""

    name: str
    path: Path
    label: tuple[str, ...]
    notes: list[str] = field(default_factory=list[str])
    named: bool = True
    ragged: set[str] = field(default_factory=set[str])

    @property
    def rows(self) -> int | None:
        """Not known beforehand."""
        return None

    def batches(self, number: int) -> Iterator[Batch]:
        """Batches of 2048 examples; features longer than one become columns name[0], name[1], ..."""
        rows: list[dict[str, np.ndarray]] = []
        first = 0
        self.ragged.clear()
        try:
            for record in records(self.path):
                try:
                    rows.append(example(record))
                except (IndexError, UnicodeDecodeError, ValueError):
                    raise SourceError(f"{self.path}: record {first + len(rows)} is no tf.train.Example") from None
                if len(rows) == 2048:
                    yield self._batch(rows, first, number)
                    first, rows = first + len(rows), []
        except SourceError:
            if rows:
                yield self._batch(rows, first, number)  # what stands before the damage is kept
            raise
        if rows:
            yield self._batch(rows, first, number)

    def _batch(self, rows: list[dict[str, np.ndarray]], first: int, number: int) -> Batch:
        columns: dict[str, np.ndarray] = {}
        for name in sorted(set().union(*rows)):
            sizes = [len(r.get(name, ())) for r in rows]
            if name not in self.ragged and len(set(sizes)) != 1:
                at = next(i for i, size in enumerate(sizes) if size != sizes[0])
                self.ragged.add(name)
                self.notes.append(
                    f"{self.path}: feature {name!r} is left out: it has {sizes[0]} values at first and {sizes[at]} in "
                    f"record {first + at}"
                )
            if name in self.ragged:
                continue
            block = np.stack([r[name] for r in rows])
            if block.shape[1] == 1 and block.dtype == object and _is_picture(block[0, 0]):
                block = self._decoded(block[:, 0], name, first)
            for j in range(block.shape[1]):
                columns[name if block.shape[1] == 1 else f"{name}[{j}]"] = block[:, j]
        label = self.label or tuple(n for n in _LABELS if n in columns)[:1]
        return batch_of_columns(columns, label, self.name, first, number)

    def _decoded(self, coded: np.ndarray, name: str, first: int) -> np.ndarray:
        """Pictures (n, 32 * 32 * 3) float32 from PNG, JPEG, GIF or BMP bytes; broken ones are NaN."""
        try:
            from PIL import Image, UnidentifiedImageError
        except ImportError:
            raise SourceError(f"{self.path}: pictures need Pillow (pip install 'traindx[data]')") from None
        made = np.full((len(coded), 32 * 32 * 3), np.nan, np.float32)
        for i, data in enumerate(coded):
            try:
                with Image.open(io.BytesIO(data)) as picture:
                    made[i] = np.asarray(picture.convert("RGB").resize((32, 32)), np.float32).ravel()
            except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
                self.notes.append(f"{self.path}: the picture {name!r} of record {first + i} does not decode")
        return made


def _is_picture(data: object) -> bool:
    return isinstance(data, bytes) and data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"))
