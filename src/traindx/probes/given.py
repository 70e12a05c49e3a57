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


@dataclass
class Passes:
    """The readings of one metric object on one line, while each finds as many more values counted as the first did."""

    rows: float
    before: tuple[float, float] = (0.0, 0.0)
    passes: int = 0
    steady: bool = True
    shown: float = 0.0
    last: float = 0.0

    def read(self, total: float, count: float) -> None:
        """One more reading of sum and count; a reset in between, or another number of values, ends it for good."""
        self.steady &= count > 0 and count - self.before[1] == self.rows
        if self.steady:
            self.passes += 1
            self.shown, self.last = total / count, (total - self.before[0]) / self.rows
            self.before = total, count


class Given:
    """Metrics by the line that asks for their value, and the pairs that `Values` keeps of those that are updated."""

    def __init__(self, values: Any) -> None:
        self.values = values
        self.lines: dict[tuple[Location | None, str], Asked] = {}
        self.passes: dict[tuple[Location | None, str, int], Passes] = {}

    def asked(self, metric: Any) -> None:
        """The program asks for a metric's value; a mean that counts nothing was given nothing."""
        count = getattr(metric, "count", None) if _is_mean(metric) else None
        key = callsite(), str(metric.name)
        if count is None or (key not in self.lines and len(self.lines) >= MAX_LINES):
            return
        self._pass((*key, id(metric)), metric)
        line = self.lines.setdefault(key, Asked(type(metric).__name__))
        line.reads += 1
        if line.empty == line.reads - 1:  # once it had something, nothing more is to be learned
            line.empty += float(np.asarray(count)) == 0

    def _pass(self, key: tuple[Location | None, str, int], metric: Any) -> None:
        seen = self.passes.get(key)
        if (seen is None and len(self.passes) < MAX_LINES) or (seen is not None and seen.steady):
            total, count = float(np.asarray(metric.total)), float(np.asarray(metric.count))
            seen = self.passes.setdefault(key, Passes(count))
            seen.read(total, count)

    def facts(self) -> tuple[GivenMetric, ...]:
        """What was asked for in vain, and the last pairs of each line that updates a metric."""
        found = [GivenMetric(name, a.kind, site, reads=a.reads, empty=a.empty) for (site, name), a in self.lines.items()]
        found += [GivenMetric(name, "", site, passes=p.passes, rows=p.rows, shown=p.shown, last=p.last)
                  for (site, name, _), p in self.passes.items() if p.steady and p.passes > 1]  # fmt: skip
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
