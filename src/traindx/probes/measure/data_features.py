"""Inputs as numbers that a cheap model can learn from: words and token ids counted, pictures made small. NumPy only."""

from __future__ import annotations

import re
import zlib
from typing import Any

import numpy as np

WIDTH = 1024


def small_pictures(x: np.ndarray, side: int = 10) -> np.ndarray:
    """Pictures (n, h, w, c) averaged down to at most `side` cells a side, (n, a, b, c) float32."""
    _, h, w, _ = x.shape
    a, b = min(side, h), min(side, w)
    rows, cols = (np.arange(a) * h) // a, (np.arange(b) * w) // b
    made = np.add.reduceat(np.add.reduceat(x.astype(np.float32), rows, axis=1), cols, axis=2)
    sizes = np.diff(np.append(rows, h))[:, None] * np.diff(np.append(cols, w))[None]
    return made / sizes[None, :, :, None]


def _bag(tokens: list[Any]) -> np.ndarray:
    bag = np.zeros((len(tokens), WIDTH))
    for row, words in enumerate(tokens):
        bag[row, words] = 1.0
    return bag / np.maximum(1.0, np.sqrt(bag.sum(1, keepdims=True)))


def bag_of_ids(ids: np.ndarray) -> np.ndarray:
    """(n, 1024) float64: which token ids (n, length) each row holds, in rows of length 1; 0 is padding."""
    return _bag([row[row != 0] % WIDTH for row in ids])


def bag_of_texts(texts: np.ndarray) -> np.ndarray:
    """(n, 1024) float64: which words the texts (n, k) hold, hashed, in rows of length 1."""
    words = (re.findall(r"\w+", " ".join(row).lower()) for row in texts)
    return _bag([[zlib.crc32(word.encode()) % WIDTH for word in row] for row in words])
