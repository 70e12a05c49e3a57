"""Keras metrics in the program's own hands: what they were given, and whether their value was asked for in vain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from traindx.facts.evaluation import GivenMetric
from traindx.facts.findings import Location
from traindx.probes.callsite import callsite

MAX_LINES = 64
MAX_ROWS = 4096


@dataclass
class Asked:
    """How often one line asked for one metric's value."""

    kind: str
    reads: int = 0
    empty: int = 0


class Given:
    """Metrics by the line that asks for their value, and the pairs that `Values` keeps of those that are updated."""

    def __init__(self, values: Any) -> None:
        self.values = values
        self.lines: dict[tuple[Location | None, str], Asked] = {}

    def asked(self, metric: Any) -> None:
        """The program asks for a metric's value; a mean that counts nothing was given nothing."""
        count = getattr(metric, "count", None) if _is_mean(metric) else None
        key = callsite(), str(metric.name)
        if count is None or (key not in self.lines and len(self.lines) >= MAX_LINES):
            return
        line = self.lines.setdefault(key, Asked(type(metric).__name__))
        line.reads += 1
        if line.empty == line.reads - 1:  # once it had something, nothing more is to be learned
            line.empty += float(np.asarray(count)) == 0

    def facts(self) -> tuple[GivenMetric, ...]:
        """What was asked for in vain, and the last pairs of each line that updates a metric."""
        found = [GivenMetric(name, a.kind, site, reads=a.reads, empty=a.empty) for (site, name), a in self.lines.items()]
        newest = {(r.site, str(r.owner.name)): r for r in self.values.records if r.owner is not None and r.pairs}
        for (site, name), record in newest.items():
            if len({p.shape[1:] for _, p in record.pairs}) == len({y.shape[1:] for y, _ in record.pairs}) == 1:
                y, p = (np.concatenate([pair[i] for pair in record.pairs])[:MAX_ROWS] for i in (0, 1))
                found.append(GivenMetric(name, type(record.owner).__name__, site, y, p, _threshold(record.owner), record.result))
        return tuple(found[:MAX_LINES])


def _is_mean(metric: Any) -> bool:
    """Whether this is one of Keras' means: what a metric of the program's own calls `count` may count something else."""
    return any(kind.__name__ == "Mean" and kind.__module__.startswith("keras") for kind in type(metric).__mro__)


def _threshold(metric: Any) -> float | None:
    """The one threshold of an accuracy, a precision or the like."""
    several = getattr(metric, "thresholds", None)
    if isinstance(several, list | tuple):
        return float(several[0]) if len(several) == 1 else None
    one = getattr(metric, "_fn_kwargs", {}).get("threshold", getattr(metric, "threshold", None))
    return float(one) if isinstance(one, int | float) else None
