"""One pass over columns of numbers: moments, ends, missing cells and a histogram that merges exactly.

Compiled by numba where it is installed (extra `traindx[data]`), else the same in NumPy. The histogram has one bin for
each of the upper 16 bits of the float32 pattern (sign, exponent, 7 bits): at most 0.8 % wide, order-preserving.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

BINS = 1 << 16
FIELDS = ("count", "nan", "inf", "zero", "total", "squares", "low", "high")


def fresh(columns: int, histogram: bool) -> tuple[np.ndarray, np.ndarray]:
    """Empty sums (columns, 8) float64 in the order of `FIELDS`, and histograms (columns, 65536 or 0) int64."""
    sums = np.zeros((columns, len(FIELDS)))
    sums[:, 6], sums[:, 7] = np.inf, -np.inf
    return sums, np.zeros((columns, BINS if histogram else 0), np.int64)


def keys(x: np.ndarray) -> np.ndarray:
    """Bin numbers (n,) int64 of float32 values (n,), in the order of the values."""
    bits = x.view(np.uint32)
    return (np.where(bits >> np.uint32(31), ~bits, bits | np.uint32(0x80000000)) >> np.uint32(16)).astype(np.int64)


def edges() -> np.ndarray:
    """Lower value (65536,) float32 of every bin; NaN where the pattern is none."""
    k = np.arange(BINS, dtype=np.uint32) << np.uint32(16)
    bits = np.where(k & np.uint32(0x80000000), k & np.uint32(0x7FFFFFFF), ~k)
    return bits.astype(np.uint32).view(np.float32)


def add_numpy(x: np.ndarray, sums: np.ndarray, histogram: np.ndarray) -> None:
    """Add one column (n,) float32 to its sums (8,) and histogram (65536,), in place."""
    finite = np.isfinite(x)
    missing = int(np.isnan(x).sum())
    sums[1] += missing
    sums[2] += len(x) - int(finite.sum()) - missing
    kept = x if finite.all() else x[finite]
    if not len(kept):
        return
    wide = kept.astype(np.float64)
    sums[0] += len(kept)
    sums[3] += np.count_nonzero(kept == 0)
    sums[4] += wide.sum()
    sums[5] += np.dot(wide, wide)
    sums[6], sums[7] = min(sums[6], float(kept.min())), max(sums[7], float(kept.max()))
    if len(histogram):
        histogram += np.bincount(keys(np.ascontiguousarray(kept)), minlength=BINS)


def _jit(function: Callable[..., None], **flags: Any) -> Callable[..., None]:
    import numba

    try:
        return numba.njit(nogil=True, cache=True, **flags)(function)  # type: ignore[no-any-return]
    except RuntimeError:  # a folder that cannot be written, or an archive: compiled anew in every process
        return numba.njit(nogil=True, **flags)(function)  # type: ignore[no-any-return]


def _compiled() -> Callable[[np.ndarray, np.ndarray, np.ndarray], None]:
    def add_column(x: np.ndarray, sums: np.ndarray, histogram: np.ndarray) -> None:
        bits = x.view(np.uint32)
        bins = len(histogram) > 0
        count = nan = inf = zero = 0
        total = squares = 0.0
        low, high = np.float32(np.inf), np.float32(-np.inf)
        for i in range(len(x)):
            u = bits[i]
            if (u & np.uint32(0x7F800000)) == np.uint32(0x7F800000):
                if u & np.uint32(0x007FFFFF):
                    nan += 1
                else:
                    inf += 1
                continue
            v = x[i]
            if bins:
                k = ~u if u >> np.uint32(31) else u | np.uint32(0x80000000)
                histogram[(k & np.uint32(0xFFFFFFFF)) >> np.uint32(16)] += 1
            count += 1
            zero += v == 0
            d = np.float64(v)
            total += d
            squares += d * d
            low, high = min(low, v), max(high, v)
        sums[0] += count
        sums[1] += nan
        sums[2] += inf
        sums[3] += zero
        sums[4] += total
        sums[5] += squares
        sums[6], sums[7] = min(sums[6], low), max(sums[7], high)

    return _jit(add_column)


@cache
def add() -> Callable[[np.ndarray, np.ndarray, np.ndarray], None]:
    """The kernel `(x (n,) float32, sums (8,), histogram (65536,)) -> None`, compiled where numba is installed."""
    try:
        return _compiled()
    except ImportError:  # numba is an extra
        return add_numpy


def add_block_numpy(x: np.ndarray, sums: np.ndarray) -> None:
    """Add rows (n, columns) float32, C order, to sums (columns, 8), in place; no histogram."""
    for j in range(x.shape[1]):
        add_numpy(np.ascontiguousarray(x[:, j]), sums[j], np.zeros(0, np.int64))


def _compiled_block() -> Callable[[np.ndarray, np.ndarray], None]:
    def add_block(x: np.ndarray, sums: np.ndarray) -> None:
        n, d = x.shape
        total, squares, zeros = np.zeros(d), np.zeros(d), np.zeros(d)
        low, high = np.full(d, np.inf, np.float32), np.full(d, -np.inf, np.float32)
        for i in range(n):
            row = x[i]
            odd = np.float32(0)
            for j in range(d):
                odd += row[j] - row[j]  # NaN where a cell is not finite
            if odd == 0:
                for j in range(d):
                    v = row[j]
                    w = np.float64(v)
                    total[j] += w
                    squares[j] += w * w
                    zeros[j] += v == 0
                    low[j] = min(low[j], v)
                    high[j] = max(high[j], v)
                continue
            for j in range(d):
                v = row[j]
                if np.isfinite(v):
                    w = np.float64(v)
                    total[j] += w
                    squares[j] += w * w
                    zeros[j] += v == 0
                    low[j] = min(low[j], v)
                    high[j] = max(high[j], v)
                elif np.isnan(v):
                    sums[j, 1] += 1
                    sums[j, 0] -= 1
                else:
                    sums[j, 2] += 1
                    sums[j, 0] -= 1
        for j in range(d):
            sums[j, 0] += n
            sums[j, 3] += zeros[j]
            sums[j, 4] += total[j]
            sums[j, 5] += squares[j]
            sums[j, 6] = min(sums[j, 6], low[j])
            sums[j, 7] = max(sums[j, 7], high[j])

    return _jit(add_block, fastmath={"nsz", "contract"})


@cache
def add_rows() -> Callable[[np.ndarray, np.ndarray], None]:
    """The kernel `(x (n, columns) float32 in C order, sums (columns, 8)) -> None` for many columns, without histogram."""
    try:
        return _compiled_block()
    except ImportError:
        return add_block_numpy


def _compiled_hash() -> Callable[[np.ndarray, np.ndarray, np.ndarray], None]:
    def add_words(bits: np.ndarray, factors: np.ndarray, total: np.ndarray) -> None:
        columns, n = bits.shape
        for k in range(len(factors)):
            low = bits[2 * k]
            high = bits[2 * k + 1] if 2 * k + 1 < columns else low
            odd = 2 * k + 1 >= columns
            factor = factors[k]
            for i in range(n):
                a, b = low[i], np.uint32(0) if odd else high[i]
                a = np.uint32(0) if a == np.uint32(0x80000000) else a
                b = np.uint32(0) if b == np.uint32(0x80000000) else b
                if (a & np.uint32(0x7FFFFFFF)) > np.uint32(0x7F800000):
                    a = np.uint32(0x7FC00000)
                if (b & np.uint32(0x7FFFFFFF)) > np.uint32(0x7F800000):
                    b = np.uint32(0x7FC00000)
                word = np.uint64(a) | (np.uint64(b) << np.uint64(32))
                total[i] += (word ^ (word >> np.uint64(29))) * factor

    return _jit(add_words)


@cache
def add_words() -> Callable[[np.ndarray, np.ndarray, np.ndarray], None] | None:
    """The kernel `(bits (columns, n) uint32 of float32, factors (words,), total (n,) uint64) -> None` of `rowhash`.

    None where numba is not installed: NumPy does the same elsewhere.
    """
    try:
        return _compiled_hash()
    except ImportError:
        return None
