"""One 64-bit hash per row of inputs, equal for equal values whatever the dtype that holds them."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np

_CHUNK = 1 << 20
_EXACT = 1 << 24
_NAN = np.uint32(0x7FC00000)


@lru_cache(maxsize=32)
def row_factors(start: int, count: int) -> np.ndarray:
    """Odd 64-bit constants (count,) uint64, the same on every machine; `start` sets arrays of one row apart."""
    rng = np.random.Generator(np.random.PCG64(0x7261696E + start))
    return rng.integers(0, 2**64, count, dtype=np.uint64) | np.uint64(1)


def finish(h: np.ndarray) -> np.ndarray:
    """Finish a hash (n,) uint64 so that every input bit reaches every output bit (the finaliser of MurmurHash3)."""
    h = h ^ (h >> np.uint64(33))
    h = h * np.uint64(0xFF51AFD7ED558CCD)
    h = h ^ (h >> np.uint64(33))
    h = h * np.uint64(0xC4CEB9FE1A85EC53)
    return h ^ (h >> np.uint64(33))


def as_texts(values: np.ndarray) -> np.ndarray:
    """Values of any kind as strings, in the same shape: what has no text of one piece (lists, records) by its `repr`."""
    try:
        return values.astype(str)
    except (ValueError, TypeError):
        return np.array([repr(v) for v in values.ravel()], dtype=str).reshape(values.shape)


def _text_words(flat: np.ndarray) -> np.ndarray:
    """Strings or objects (n, d) to words (n, d) uint64 through their distinct values."""
    names, codes = np.unique(as_texts(flat), return_inverse=True)
    coded = [int.from_bytes(hashlib.blake2b(str(v).encode(errors="surrogatepass"), digest_size=8).digest(), "little") for v in names]
    return np.array(coded, dtype=np.uint64)[codes].reshape(flat.shape)


def _number_words(flat: np.ndarray) -> np.ndarray:
    """Numbers (n, d) to words (n, ceil(d/2)) uint64: two float32 bit patterns a word."""
    with np.errstate(over="ignore", invalid="ignore"):
        single = flat.astype(np.float32) + np.float32(0)  # -0.0 becomes 0.0
    bits = single.view(np.uint32)
    missing = np.isnan(single) if flat.dtype.kind in "fc" else None
    if missing is not None and missing.any():
        bits = np.where(missing, _NAN, bits)
    if bits.shape[1] % 2:
        bits = np.concatenate([bits, np.zeros((len(bits), 1), np.uint32)], axis=1)
    words = np.ascontiguousarray(bits).view(np.uint64)
    return words ^ (words >> np.uint64(29))


def row_hashes(arrays: tuple[np.ndarray, ...]) -> np.ndarray:
    """Hash every row of the inputs together.

    `arrays` share axis 0 (n rows); numbers are compared as float32, so that splits of another dtype still match
    (whole numbers beyond 2**24 keep their low bits when stored as integers); strings and objects by their text.
    Returns (n,) uint64. Rows that differ collide with a chance of about 2**-40 or less (multilinear hashing:
    Lemire and Kaser, "Strongly universal string hashing is fast", 2014).
    """
    n = len(arrays[0]) if arrays else 0
    total = np.zeros(n, np.uint64)
    for at, array in enumerate(arrays):
        array = np.asarray(array)
        if n == 0 or array.size == 0:
            continue
        wide = array.reshape(n, -1)
        step = max(1, _CHUNK // wide.shape[1])
        for first in range(0, n, step):
            part = wide[first : first + step]
            words = _number_words(part) if part.dtype.kind in "biufc" else _text_words(part)
            total[first : first + step] += words @ row_factors(2 * at, words.shape[1])
            if part.dtype.kind in "iu" and part.dtype.itemsize > 3 and np.abs(part).max() > _EXACT:
                low = part.astype(np.uint64) & np.uint64(0xFFFFFF)
                total[first : first + step] += low @ row_factors(2 * at + 1, low.shape[1])
    return finish(total)
