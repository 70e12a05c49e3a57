"""Predictions that a program makes piece by piece: calls on one line with the same weights, taken as one prediction."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from traindx.facts.evaluation import Prediction
from traindx.probes.rowhash import row_hashes
from traindx.probes.sample import as_array, as_rows, flatten

MAX_LINES = 8
MAX_PARTS = 4096
MAX_ELEMENTS = 1 << 20
MAX_INPUT = 1 << 18
"""Entries of one piece's inputs that are hashed; of larger ones the rows stay unknown."""
MAX_SECONDS = 1.0
LEAST_ROWS = 20


@dataclass
class Pieces:
    """The calls on one line since the weights last changed."""

    made: Prediction
    outputs: list[np.ndarray] = field(default_factory=list[np.ndarray])
    hashes: list[np.ndarray] = field(default_factory=list[np.ndarray])
    labels: list[np.ndarray] = field(default_factory=list[np.ndarray])
    size: int = 0

    def prediction(self) -> Prediction | None:
        """All pieces as one; None where there is one only, or too few rows."""
        ends = np.cumsum([len(o) for o in self.outputs]).tolist()
        if len(self.outputs) < 2 or ends[-1] < LEAST_ROWS:
            return None
        whole = len(self.hashes) == len(self.outputs)
        told = len(self.labels) == len(self.outputs) and len({a.shape[1:] for a in self.labels}) == 1
        return replace(
            self.made, outputs=np.concatenate(self.outputs), hashes=np.concatenate(self.hashes) if whole else None,
            labels=np.concatenate(self.labels) if told else None, parts=tuple(ends),
        )  # fmt: skip


class Joined:
    """The pieces by line and model, in bounded memory and time."""

    def __init__(self) -> None:
        self.lines: dict[Any, Pieces] = {}
        self.seconds = 0.0

    def add(self, made: Prediction, x: Any, out: Any, y: Any = None) -> None:
        """One call; `made` tells model, line and weights, `y` are the labels that stand beside the rows, if known."""
        if self.seconds > MAX_SECONDS:
            return
        began = time.perf_counter()
        try:
            self._add(made, x, out, y)
        finally:
            self.seconds += time.perf_counter() - began

    def _add(self, made: Prediction, x: Any, out: Any, y: Any) -> None:
        first = flatten(out)
        outputs = as_array(first[0]) if first else None
        if outputs is None or outputs.ndim == 0 or outputs.dtype.kind not in "fiub" or not len(outputs):
            return
        key = made.model, made.kind, made.location
        line = self.lines.get(key)
        rows = as_rows(flatten(x))
        fits = bool(rows) and len(rows[0]) == len(outputs) and sum(a.size for a in rows) <= MAX_INPUT
        hashes = row_hashes(rows) if rows and fits else None
        if line is None or not _goes_on(line, made, outputs, hashes):
            if line is None and len(self.lines) >= MAX_LINES:
                return
            line = self.lines[key] = Pieces(made)
        if len(line.outputs) >= MAX_PARTS or line.size + outputs.size > MAX_ELEMENTS:
            return
        line.made = made
        line.size += outputs.size
        line.outputs.append(np.array(outputs))
        labels = as_array(y) if y is not None else None
        if hashes is not None:
            line.hashes.append(hashes)
        if labels is not None and labels.ndim and len(labels) == len(outputs):
            line.labels.append(np.array(labels))

    def all(self) -> Iterator[Prediction]:
        """Every line's pieces as one prediction."""
        for line in self.lines.values():
            made = line.prediction()
            if made is not None:
                yield made


def _goes_on(line: Pieces, made: Prediction, outputs: np.ndarray, hashes: np.ndarray | None) -> bool:
    """Whether a call continues those before: the same weights, alike outputs, and not the first rows again."""
    again = hashes is not None and bool(line.hashes) and hashes[0] == line.hashes[0][0]
    same = line.made.stamp == made.stamp and line.made.training == made.training
    return same and line.outputs[0].shape[1:] == outputs.shape[1:] and not again
