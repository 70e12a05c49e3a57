"""Small images as PNG data URLs, without an imaging library."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np

LARGEST = 64  # pixels per side: enough to recognise a row, small in the file


def data_url(image: np.ndarray) -> str:
    """A uint8 image (height, width), (height, width, 1) or (height, width, 3) as `data:image/png;base64,...`."""
    pixels = np.asarray(image, np.uint8)
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        pixels = pixels[:, :, 0]
    step = max(1, -(-max(pixels.shape[:2]) // LARGEST))
    pixels = np.ascontiguousarray(pixels[::step, ::step])
    height, width = pixels.shape[:2]
    rows = np.insert(pixels.reshape(height, -1), 0, 0, axis=1)  # filter byte 0 begins every row
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if pixels.ndim == 3 else 0, 0, 0, 0)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)), _chunk(b"IEND", b""))
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(parts)).decode("ascii")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
