"""What one pass over a split leaves behind: bounded in size, and two of them merge into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

import numpy as np

from traindx.engines import kernel
from traindx.engines.base import Batch
from traindx.engines.rowhash import finish, row_factors, row_hashes
from traindx.facts.measurement import Measurement, add

SAMPLE, HASHES, LABELS, HISTOGRAMS = 4000, 1 << 23, 1 << 21, 256
CELLS = 6_000_000
PART = 1 << 40  # while parts are folded, a row's position is its part's number times PART plus its row in the part


@dataclass(frozen=True)
class Rows:
    """A random sample of rows: those with the smallest keys, so that samples of parts merge into one of the whole.

    `key` (k,) uint64, `position` (k,) int64, `numbers` (k, ...) and `texts` (k, t) of the inputs, `labels` (k, ...).
    """

    key: np.ndarray
    position: np.ndarray
    numbers: np.ndarray
    texts: np.ndarray
    labels: np.ndarray | None

    def at(self, choose: Callable[[np.ndarray], np.ndarray]) -> Rows:
        """The rows (m,) int that `choose` names, given the positions (k,)."""
        kept = choose(self.position)
        if len(kept) == len(self.key) and (np.diff(kept) > 0).all():
            return self
        labels = None if self.labels is None else self.labels[kept]
        return Rows(self.key[kept], self.position[kept], self.numbers[kept], self.texts[kept], labels)


def join_rows(a: Rows | None, b: Rows | None) -> Rows | None:
    """The sample of both parts."""
    if a is None or b is None:
        return a if b is None else b
    most, n = room(a.numbers), len(a.key)
    if n + len(b.key) > most:  # what goes is left out before anything is copied
        kept = np.argpartition(np.concatenate([a.key, b.key]), most)[:most]
        a, b = a.at(lambda _: np.sort(kept[kept < n])), b.at(lambda _: np.sort(kept[kept >= n]) - n)
    return _both(a, b)


def _both(a: Rows, b: Rows) -> Rows:
    labels = None if a.labels is None or b.labels is None else np.concatenate([a.labels, b.labels])
    return Rows(
        np.concatenate([a.key, b.key]),
        np.concatenate([a.position, b.position]),
        np.concatenate([a.numbers, b.numbers]),
        np.concatenate([a.texts, b.texts]),
        labels,
    )


def room(numbers: np.ndarray) -> int:
    """How many rows shaped as `numbers` (k, ...) a sample holds."""
    return int(max(64, min(SAMPLE, CELLS // max(1, int(np.prod(numbers.shape[1:]))))))


@dataclass(frozen=True)
class Hashes:
    """Row hashes (n,) uint64 below `limit`: all of them at first, half as many each time they grow too many."""

    values: np.ndarray
    limit: int = 1 << 64

    def upto(self, limit: int) -> Hashes:
        """The hashes below a smaller limit."""
        if limit >= self.limit:
            return self
        return Hashes(self.values[self.values < np.uint64(limit)], limit)


def join_hashes(a: Hashes, b: Hashes) -> Hashes:
    """The hashes of both parts below their common limit, at most 8 million."""
    limit = min(a.limit, b.limit)
    both = Hashes(np.concatenate([a.upto(limit).values, b.upto(limit).values]), limit)
    while len(both.values) > HASHES:
        both = both.upto(both.limit // 2)
    return both


def join_labels(a: np.ndarray | None, b: np.ndarray | None) -> np.ndarray | None:
    """All labels of both parts, or None where they are too many."""
    if a is None or b is None or len(a) + len(b) > LABELS:
        return None
    return np.concatenate([a, b])


def join_sums(a: np.ndarray | None, b: np.ndarray | None) -> np.ndarray | None:
    """Sums add up; the ends are the lesser and the greater."""
    if a is None or b is None:
        return a if b is None else b
    made = a + b
    made[:, 6], made[:, 7] = np.minimum(a[:, 6], b[:, 6]), np.maximum(a[:, 7], b[:, 7])
    return made


def join_bad(a: Rows | None, b: Rows | None, most: int = 5) -> Rows | None:
    """The first few rows with a NaN or infinite cell, whichever part was seen first."""
    if a is None or b is None:
        return a if b is None else b
    return _both(a, b).at(lambda position: np.argsort(position, kind="stable")[:most])


@dataclass(frozen=True)
class Bounds:
    """What a part of a large split need not keep, as the whole will not: row hashes from `hashes` on, sampled rows with
    keys from `keys` on, and labels. Set too low they would show: see `enough`."""

    hashes: int = 1 << 64
    keys: int = 1 << 64
    labels: bool = True

    def enough(self, state: SplitState) -> bool:
        """Whether a whole split folded within these bounds is the same as without."""
        sample = state.sample
        return (
            (self.hashes == 1 << 64 or state.hashes.limit < self.hashes)
            and (self.keys == 1 << 64 or (sample is not None and len(sample.key) >= room(sample.numbers)))
            and (self.labels or state.rows > LABELS)
        )


def bounds_of(rows: int) -> Bounds:
    """Bounds for a split of about `rows` rows: at least half as many hashes and four times as many sampled rows are
    kept as the whole can hold, so that they hold unless most rows are equal."""
    hashes = 1 << 64
    while rows * (hashes >> 32) > 3 * HASHES << 32:
        hashes >>= 1
    keys = (1 << 64) * 4 * SAMPLE // rows if rows > 4 * SAMPLE else 1 << 64
    return Bounds(hashes, keys, rows <= LABELS)


@dataclass(frozen=True)
class SplitState(Measurement):
    """One split after one pass.

    `sums` (columns, 8) hold count, NaN, infinite, zero, sum, sum of squares, smallest and largest of every numeric
    column (see `kernel.FIELDS`), `histogram` (columns, 65536) their distribution where there are at most 256 of them.
    """

    columns: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    rows: Annotated[int, add] = 0
    sums: Annotated[np.ndarray | None, join_sums] = None
    histogram: Annotated[np.ndarray | None, add] = None
    hashes: Annotated[Hashes, join_hashes] = field(default_factory=lambda: Hashes(np.zeros(0, np.uint64)))
    sample: Annotated[Rows | None, join_rows] = None
    labels: Annotated[np.ndarray | None, join_labels] = None
    bad: Annotated[Rows | None, join_bad] = None

    def quantiles(self, levels: np.ndarray) -> np.ndarray:
        """Values (levels, columns) at shares `levels` of every column, to 0.8 %."""
        assert self.histogram is not None
        with np.errstate(invalid="ignore"):
            bounds = kernel.edges().astype(float)
        made = np.full((len(levels), len(self.histogram)), np.nan)
        for j, counts in enumerate(self.histogram):
            total = np.cumsum(counts)
            if total[-1]:
                at = np.searchsorted(total, np.asarray(levels) * (total[-1] - 1) + 1)
                made[:, j] = bounds[np.minimum(at, kernel.BINS - 1)]
        return made

    def distance(self, other: SplitState) -> np.ndarray:
        """Kolmogorov-Smirnov distance (columns,) to another split's columns, over all rows."""
        assert self.histogram is not None
        assert other.histogram is not None
        a, b = np.cumsum(self.histogram, axis=1), np.cumsum(other.histogram, axis=1)
        return np.abs(a / np.maximum(1, a[:, -1:]) - b / np.maximum(1, b[:, -1:])).max(1)

    def shared(self, other: SplitState) -> tuple[int, float]:
        """Rows of this split that stand in the other too, and the share of rows looked at (1 when all)."""
        limit = min(self.hashes.limit, other.hashes.limit)
        mine, theirs = self.hashes.upto(limit).values, np.sort(other.hashes.upto(limit).values)
        if not len(mine) or not len(theirs):
            return 0, limit / (1 << 64)
        at = np.minimum(np.searchsorted(theirs, mine), len(theirs) - 1)
        return int((theirs[at] == mine).sum()), limit / (1 << 64)


def hash_batch(batch: Batch) -> np.ndarray:
    """`rowhash.row_hashes` (n,) uint64 of the inputs; columns of float32 side by side go through the compiled kernel."""
    numbers, add_words = batch.numbers, kernel.add_words()
    inputs = (numbers, *((batch.texts,) if batch.texts.size else ()))
    columns = numbers.T
    if add_words is None or len(inputs) > 1 or numbers.dtype != np.float32 or numbers.ndim != 2 or not numbers.size:
        return row_hashes(inputs)
    if not columns.flags.c_contiguous:
        return row_hashes(inputs)
    total = np.zeros(len(numbers), np.uint64)
    add_words(columns.view(np.uint32), row_factors(0, (len(columns) + 1) // 2), total)
    return finish(total)


class Folding:
    """Adds batches to a state in place; `state` may be taken at any time."""

    def __init__(self, statistics: bool = True, bounds: Bounds | None = None) -> None:
        self.statistics = statistics
        self.bounds = bounds or Bounds()
        self._state: SplitState | None = None
        self._sums = self._histogram = np.zeros((0, 0))
        self._worst = np.uint64(self.bounds.keys - 1)

    def add(self, batch: Batch) -> None:
        """See one batch of rows."""
        n = batch.rows
        flat = batch.numbers.reshape(n, -1)
        if self._state is None:
            self._sums, self._histogram = kernel.fresh(flat.shape[1], flat.shape[1] <= HISTOGRAMS)
        bad = np.zeros(0, int)
        if self.statistics and batch.numbers.dtype.kind == "f":
            bad = self._count(flat)
        hashes = hash_batch(batch)
        key = _keys(batch.first, n, batch.part)
        part = SplitState(
            batch.columns,
            batch.text_columns,
            n,
            None,
            None,
            join_hashes(Hashes(hashes).upto(self.bounds.hashes), Hashes(hashes[:0])),
            self._pick(batch, key, np.flatnonzero(key <= self._worst)),
            batch.labels if self.bounds.labels else None,
            self._pick(batch, key, bad[:5]) if len(bad) else None,
        )
        self._state = part if self._state is None else self._state.merge(part)
        sample = self._state.sample
        if sample is not None and len(sample.key) >= room(sample.numbers):
            self._worst = sample.key.max()

    def _count(self, flat: np.ndarray) -> np.ndarray:
        before = self._sums[:, 1:3].sum()
        kernel_add = kernel.add()
        with np.errstate(over="ignore"):
            single = flat.astype(np.float32, copy=False)
        if not self._histogram.shape[1]:
            kernel.add_rows()(np.ascontiguousarray(single), self._sums)
        else:
            for j in range(single.shape[1]):
                kernel_add(np.ascontiguousarray(single[:, j]), self._sums[j], self._histogram[j])
        if self._sums[:, 1:3].sum() == before:
            return np.zeros(0, int)
        return np.flatnonzero(~np.isfinite(single).all(1))

    @staticmethod
    def _pick(batch: Batch, key: np.ndarray, rows: np.ndarray) -> Rows:
        most = room(batch.numbers)
        if len(rows) > most:  # rows are copied once it is known which
            rows = np.sort(rows[np.argpartition(key[rows], most)[:most]])
        labels = None if batch.labels is None else batch.labels[rows]
        position = batch.part * PART + batch.first + rows
        return Rows(key[rows], position, batch.numbers[rows], batch.texts[rows], labels)

    @property
    def state(self) -> SplitState:
        """What was seen so far."""
        if self._state is None:
            return SplitState()
        made = dict(self._state.__dict__)
        made["sums"], made["histogram"] = self._sums, self._histogram if self._histogram.shape[1] else None
        return SplitState(**made)


def placed(state: SplitState, rows: Sequence[int]) -> SplitState:
    """A folded split with positions that count from its first row, in that order; `rows` of each part.

    Row hashes that stand for a share of the rows only are sorted: they belong to no position.
    """
    starts = np.concatenate([[0], np.cumsum(np.asarray(rows, np.int64))])

    def place(found: Rows | None) -> Rows | None:
        if found is None:
            return None
        at = starts[found.position // PART] + found.position % PART
        return replace(found, position=at).at(lambda position: np.argsort(position, kind="stable"))

    hashes = state.hashes if state.hashes.limit == 1 << 64 else replace(state.hashes, values=np.sort(state.hashes.values))
    return replace(state, sample=place(state.sample), bad=place(state.bad), hashes=hashes)


def _keys(first: int, n: int, part: int) -> np.ndarray:
    """A random-looking number for every row position: the same rows are sampled on every machine."""
    with np.errstate(over="ignore"):
        h = (np.arange(first, first + n, dtype=np.uint64) + np.uint64(part << 40)) * np.uint64(0x9E3779B97F4A7C15)
        h = (h ^ (h >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        h = (h ^ (h >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return h ^ (h >> np.uint64(31))
