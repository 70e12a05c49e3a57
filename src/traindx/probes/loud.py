"""Compiled functions that run a trained model in training mode without training it: a test step that forgot its mode."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.observation import Split
from traindx.probes.rowhash import row_hashes
from traindx.probes.sample import as_rows, flatten

MONTE_CARLO = 5
"""Calls on the same rows with the same weights: an average over dropout's draws is meant."""
LEAST_FIRSTS, MAX_FIRSTS = 20, 512
MOST_TRAINED = 0.05
"""Share of the batches that may begin with a training row, as among the rows that are kept of direct calls."""


@dataclass
class Loud:
    """Where it was, and how often a batch, told by its first row, was given between two training steps;
    `rows` of the largest batch; `held`: they are held-out rows by what the program calls."""

    site: Location | None = None
    meant: bool = False
    steps: int = -1
    firsts: dict[int, int] = field(default_factory=dict[int, int])
    rows: int = 0
    held: bool = False

    def called(self, x: Any, steps: int, site: Location | None) -> None:
        """One call on `x` after so many training steps."""
        rows = as_rows(flatten(x))
        if self.meant or not rows or not len(rows[0]):
            return
        if steps != self.steps:
            self.steps, self.firsts = steps, {}
        self.rows = max(self.rows, len(rows[0]))
        first = int(row_hashes(tuple(a[:1] for a in rows))[0])
        if first in self.firsts or len(self.firsts) < MAX_FIRSTS:
            self.firsts[first] = self.firsts.get(first, 0) + 1
        self.meant = self.firsts.get(first, 0) >= MONTE_CARLO
        self.site = None if self.meant else site

    def unseen(self, train: Split | None) -> bool:
        """Whether the batches since the last training step began with rows that were not trained on."""
        if self.held:
            return True
        if train is None or train.hashes is None or len(self.firsts) < LEAST_FIRSTS:
            return False
        return float(np.isin(np.array(list(self.firsts), np.uint64), train.hashes).mean()) <= MOST_TRAINED
