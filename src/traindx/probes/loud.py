"""Compiled functions that run a trained model in training mode without training it: a test step that forgot its mode."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from traindx.facts.findings import Location
from traindx.probes.rowhash import row_hashes
from traindx.probes.sample import as_rows, flatten

MONTE_CARLO = 5
"""Calls on the same rows with the same weights: an average over dropout's draws is meant."""
MAX_FIRSTS = 512


@dataclass
class Loud:
    """Where it was, and how often a batch, told by its first row, was given between two training steps."""

    site: Location | None = None
    meant: bool = False
    steps: int = -1
    firsts: dict[int, int] = field(default_factory=dict[int, int])

    def called(self, x: Any, steps: int, site: Location | None) -> None:
        """One call on `x` after so many training steps."""
        rows = as_rows(flatten(x))
        if self.meant or not rows or not len(rows[0]):
            return
        if steps != self.steps:
            self.steps, self.firsts = steps, {}
        first = int(row_hashes(tuple(a[:1] for a in rows))[0])
        if first in self.firsts or len(self.firsts) < MAX_FIRSTS:
            self.firsts[first] = self.firsts.get(first, 0) + 1
        self.meant = self.firsts.get(first, 0) >= MONTE_CARLO
        self.site = None if self.meant else site
