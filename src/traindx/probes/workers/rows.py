"""Which rows a worker read, as hashes in bounded memory, and what of the program's arrays was never read."""

from __future__ import annotations

from typing import Any

import numpy as np

from traindx.probes.bounded import Distinct
from traindx.probes.rowhash import row_hashes
from traindx.probes.sample import as_rows, flatten

MAX_HELD = 1 << 19
MAX_BATCH_BYTES = 32 << 20


def hashes_of(x: Any) -> np.ndarray | None:
    """Row hashes (n,) uint64 of a batch's inputs; None where they have no dense rows or are very large."""
    rows = as_rows(flatten(x))
    if not rows or sum(a.nbytes for a in rows) > MAX_BATCH_BYTES:
        return None
    return row_hashes(rows)


class Rows:
    """Distinct rows one worker read, how many it drew, and in how many batches a row came twice."""

    def __init__(self) -> None:
        self.seen = Distinct()
        self.drawn = 0
        self.batches = 0
        self.doubled = 0
        self.whole = True

    def add(self, hashes: np.ndarray | None, n: int) -> None:
        """One batch of `n` rows; without hashes only the number counts."""
        self.drawn += n
        if hashes is None or (self.seen.at_most > MAX_HELD and len(self.seen) > MAX_HELD):
            self.whole = False
            return
        self.batches += 1
        self.doubled += self.seen.add(hashes) < len(hashes)


def overlap(workers: list[Rows]) -> float:
    """Greatest share of one worker's distinct rows that another read too."""
    best = 0.0
    for i, a in enumerate(workers[:64]):
        for b in workers[i + 1 : 64]:
            if a.seen and b.seen:
                best = max(best, a.seen.common(b.seen) / min(len(a.seen), len(b.seen)))
    return best


def unread(consumed: Distinct, sources: dict[str, np.ndarray], held_out: Distinct) -> tuple[int, int]:
    """(rows of the training array, those never read) where an array in scope holds all rows read; (0, 0) where none does.

    `sources` are row hashes by name. Of several arrays the smallest counts that holds a fifth more than was read;
    rows that the program evaluated on are no training rows.
    """
    every = [Distinct(hashes) for hashes in sources.values()]
    fitting = [own for own in every if len(consumed) and consumed.common(own) >= 0.98 * len(consumed)]
    if not fitting:
        return 0, 0
    larger = [s for s in fitting if len(s) >= 1.2 * len(consumed)]
    chosen = min(larger or fitting, key=len).without(held_out.without(consumed))
    return len(chosen), len(chosen.without(consumed))
