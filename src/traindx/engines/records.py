"""TFRecord files of tf.train.Example, without TensorFlow: the framing and the few protobuf fields that are needed."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from traindx.engines.base import Batch, SourceError
from traindx.engines.sources import batch_of_columns

_LABELS = ("label", "y", "target", "class", "image/class/label")


def _table() -> np.ndarray:
    made = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        made = np.where(made & 1, (made >> 1) ^ np.uint32(0x82F63B78), made >> 1).astype(np.uint32)
    return made


_CRC = [int(v) for v in _table()]


def masked_crc(data: bytes) -> int:
    """CRC-32C of a few bytes, masked as TFRecord does."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = _CRC[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def records(path: Path) -> Iterator[bytes]:
    """The records of a TFRecord file, plain or gzipped.

    Raises:
        SourceError: the file ends early or a length does not match its checksum.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
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
            yield body[:size]


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
    """A TFRecord file of tf.train.Example with features of fixed length."""

    name: str
    path: Path
    label: tuple[str, ...]

    def batches(self, number: int) -> Iterator[Batch]:
        """Batches of 2048 examples; features longer than one become columns name[0], name[1], ..."""
        rows: list[dict[str, np.ndarray]] = []
        first = 0
        for record in records(self.path):
            try:
                rows.append(example(record))
            except (IndexError, UnicodeDecodeError, ValueError):
                raise SourceError(f"{self.path}: record {first + len(rows)} is no tf.train.Example") from None
            if len(rows) == 2048:
                yield self._batch(rows, first, number)
                first, rows = first + len(rows), []
        if rows:
            yield self._batch(rows, first, number)

    def _batch(self, rows: list[dict[str, np.ndarray]], first: int, number: int) -> Batch:
        columns: dict[str, np.ndarray] = {}
        for name in sorted(rows[0]):
            sizes = {len(r.get(name, ())) for r in rows}
            if len(sizes) != 1:
                at = next(i for i, r in enumerate(rows) if len(r.get(name, ())) != len(rows[0][name]))
                raise SourceError(f"{self.path}: record {first + at}, feature {name!r} has another length than before")
            block = np.stack([r[name] for r in rows])
            for j in range(block.shape[1]):
                columns[name if block.shape[1] == 1 else f"{name}[{j}]"] = block[:, j]
        label = self.label or tuple(n for n in _LABELS if n in columns)[:1]
        return batch_of_columns(columns, label, self.name, first, number)
