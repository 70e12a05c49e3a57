"""The flight recorder: the last batches by reference and a state before them, so that a bad step can be repeated."""

from __future__ import annotations

import math
from collections import deque
from typing import Any

from traindx.probes.taps import state

RING_BYTES = 12 << 20
LEAST = 8
BUDGET, ALLOWANCE = 0.005, 0.05


class Flight:
    """Holds a state known to be good and every batch since; freezes when a state turns out not to be finite."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.variables: list[Any] = []
        self.values: list[Any] = []
        self.at: int | None = None
        self.batches: deque[tuple[int, Any]] = deque()
        self.room = 64
        self.every = 64
        self.next = 1
        self.frozen = False
        self.spent = 0.0
        self.why = ""

    def batch(self, step: int, data: Any) -> None:
        """A batch is about to be trained on."""
        if self.frozen or self.why or self.at is None or step < self.at:
            return
        if step == self.at:
            taken = max(1, nbytes(data))
            self.room = 2 * RING_BYTES // taken
            self.every = max(1, min(256, RING_BYTES // taken))
            self.next = step + self.every
            if self.every < LEAST:
                self.why = f"one batch holds {taken >> 20} MiB, too much to keep the last ones"
                self.drop()
                return
        self.batches.append((step, data))
        if len(self.batches) > self.room:
            self.batches.popleft()

    def due(self, step: int, elapsed: float) -> bool:
        """Whether a new state should be kept before this step, at most `BUDGET` of the time."""
        if self.frozen or self.why or step < self.next:
            return False
        return self.spent <= BUDGET * elapsed + ALLOWANCE

    def keep(self, step: int, model: Any, loss: Any, slots: list[Any]) -> None:
        """Replace the kept state by the present one when that is good; else freeze. `slots`: the optimizer's."""
        variables = state.unique(state.model_variables(model) + slots)
        if state.size(variables) > self.limit:
            self.why = f"the state of the training ({state.size(variables) >> 20} MiB) is too large to keep"
            self.drop()
            return
        values = state.read(variables)
        if not number(loss) or not state.finite(values[: len(state.model_variables(model))]):
            self.frozen = True
            return
        self.variables, self.values, self.at = variables, values, step
        self.batches.clear()
        self.next = step + self.every

    def drop(self) -> None:
        """Let go of everything held."""
        self.values, self.variables, self.at = [], [], None
        self.batches.clear()

    @property
    def whole(self) -> bool:
        """Whether every batch since the kept state is there."""
        return self.at is not None and bool(self.batches) and self.batches[0][0] == self.at


def number(value: Any) -> bool:
    """Whether a loss is absent or finite."""
    if value is None:
        return True
    try:
        return math.isfinite(float(value))
    except (TypeError, ValueError):
        return True


def nbytes(data: Any) -> int:
    """Bytes of a batch."""
    import keras

    total = 0
    for leaf in keras.tree.flatten(data):
        found = getattr(leaf, "nbytes", None)
        if isinstance(found, int):
            total += found
        elif hasattr(leaf, "shape") and hasattr(leaf, "dtype"):
            total += int(leaf.shape.num_elements() or 0) * leaf.dtype.size
    return total
