"""How much of the targets a layer without weights lets through: linear probes before and after it."""

from __future__ import annotations

from typing import Any

import numpy as np

from traindx.facts.skill import numeric
from traindx.probes.measure.data_learn import learn, pick
from traindx.probes.measure.outcome import design
from traindx.probes.measure.targets import value_kind

MOST_COLUMNS = 2048
LEAST_ROWS = 60
MOST_LAYERS = 8


def coded(y: np.ndarray) -> np.ndarray | None:
    """Targets (n, ...) as (n, k) numbers: class indicators where the values are those of classes, else as they are."""
    flat = numeric(y)
    if flat is None or not np.isfinite(flat).all() or flat.ndim > 2:
        return None
    return design(flat, "multi-class" if value_kind(flat) in ("classes", "binary", "signed") else "regression")


def probe_skill(values: np.ndarray, targets: np.ndarray) -> float | None:
    """Leave-one-out skill of ridge regression from a layer's values (n, ...), on at most 2048 of them."""
    rows = values.reshape(len(values), -1)
    found = learn(rows[:, pick(rows.shape[1], MOST_COLUMNS)], targets, shuffles=0, radial=False)
    return found.skill if found is not None else None


class SignalProbe:
    """Collects, layer by layer, what a linear model reads from the input and from the output (Alain and Bengio 2016).

    Only layers without weights that give fewer numbers a row than they take: pooling, cropping, picking, reducing.
    What such a layer loses no training brings back.
    """

    def __init__(self, y: Any) -> None:
        first = next(iter(_leaves(y)), None)
        known = first is not None and len(first) >= LEAST_ROWS
        self.targets = coded(np.asarray(first)) if known else None
        self.found: dict[str, tuple[float, float]] = {}

    def __call__(self, layer: Any, given: Any, output: Any) -> None:
        """Judge one layer's call, once per layer."""
        if self.targets is None or layer.name in self.found or len(self.found) >= MOST_LAYERS or layer.weights:
            return
        if not hasattr(given, "numpy") or not hasattr(output, "numpy") or getattr(layer, "_layers", None):
            return
        before, after = given.numpy(), output.numpy()
        n = len(self.targets)
        if len(before) != n or len(after) != n or not 0 < after.size < before.size or before.dtype.kind != "f":
            return
        if not (np.isfinite(before).all() and np.isfinite(after).all()):
            return
        pair = probe_skill(before, self.targets), probe_skill(after, self.targets)
        if pair[0] is not None:
            self.found[layer.name] = (pair[0], pair[1] if pair[1] is not None else 0.0)


def _leaves(y: Any) -> Any:
    if isinstance(y, dict):
        y = list(y.values())
    if isinstance(y, (list, tuple)):
        for part in y:
            yield from _leaves(part)
    elif y is not None:
        yield y
