"""What is noted of compute while the program runs: a clock and resident memory per model, traces per function.

Costs one reading of the clock a step; memory is read at most every `EVERY` seconds.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from traindx.facts.compute import StepMemory
from traindx.probes.callsite import callsite
from traindx.probes.memory.early import before_fit
from traindx.probes.memory.limits import resident
from traindx.probes.speed.steps import KerasTraces
from traindx.probes.speed.tracing import Traces

EVERY = 0.05
CARD_EVERY = 0.2
MAX_SAMPLES = 256
MAX_GAPS = 512


@dataclass
class Watch:
    """One model: steps seen, times between them, memory at some of them."""

    began: float = 0.0
    last: float = 0.0
    steps: int = 0
    first: int = 0
    waited: float = 0.0
    waits: float | None = None
    marks: list[tuple[int, float, float]] = field(default_factory=list)
    next: float = 0.0
    every: float = EVERY
    gaps: deque[float] = field(default_factory=lambda: deque(maxlen=MAX_GAPS))
    memory: list[tuple[float, int, int]] = field(default_factory=list)
    predicted: StepMemory | None = None
    dataset: Any = None
    utilisation: list[float] = field(default_factory=list)
    card_next: float = 0.0

    def stepped(self, now: float, count: int) -> bool:
        """A step ended at `now`; whether memory should be read."""
        if self.steps:
            self.gaps.append((now - self.last) / count)
        else:
            self.began, self.first = now, count
        self.last = now
        self.steps += count
        return now >= self.next

    def per_step(self) -> tuple[float | None, float | None]:
        """Seconds per step and of waiting in it, over the last half of the steps: before, buffers and caches fill."""
        early = [m for m in self.marks if self.first <= m[0] <= max(self.first, self.steps // 2)]
        steps, since, waited = early[-1] if early else (self.first, self.began, self.waited)
        if self.steps <= steps or self.waits is None:
            return None, None
        return (self.last - since) / (self.steps - steps), max(0.0, self.waits - waited) / (self.steps - steps)

    def read(self, now: float, size: int) -> None:
        """Keep one reading of memory; every second is dropped when there are too many."""
        self.memory.append((now - self.began, self.steps, size))
        self.marks.append((self.steps, now, self.waits or 0.0))
        if len(self.memory) > MAX_SAMPLES:
            self.memory, self.marks = self.memory[::2], self.marks[::2]
            self.every *= 2
        self.next = now + self.every


class ComputeLog:
    """All of one run."""

    def __init__(self, recorder: Any) -> None:
        self.recorder = recorder
        self.watches: dict[str, Watch] = {}
        self.traces = Traces()
        self.steps = KerasTraces(self.traces.found)
        self.card: Any = None
        self.pulls = 0.0
        self.dataset: Any = None

    def watch(self, key: str) -> Watch:
        """The watch of a model, by its log's key."""
        return self.watches.setdefault(key, Watch())

    def stepped(self, key: str, count: int = 1, waited: float = 0.0) -> None:
        """One or more training steps of a model are over; `waited` seconds for data so far."""
        found = self.watches.get(key)
        if found is None:
            found = self.watch(key)
        if not found.steps:
            found.waited = waited
            found.dataset = found.dataset if found.dataset is not None else self.dataset
        found.waits = waited
        now = time.perf_counter()
        if found.stepped(now, count):
            found.read(now, resident())
            self._look_at_card(found, now)

    def fit_begins(self, log: Any, given: dict[str, Any], source: str) -> None:
        """`fit` was called: keep its dataset for later, and predict the step's memory where it may be large."""
        watch = self.watch(log.key)
        if source == "tf.data":
            watch.dataset = given.get("x")
        if watch.predicted is None:
            watch.predicted = before_fit(log, given, source, self.recorder.sites)
            if watch.predicted is not None and self.recorder.journal is not None:
                self.recorder.journal.append("memory", {"model": log.key, "step": watch.predicted, "location": callsite()})

    def pulled(self, iterator: Any, seconds: float) -> None:
        """A loop of the program waited so long for the next element of a tf.data dataset."""
        self.pulls += seconds
        self.dataset = getattr(iterator, "_dataset", None)

    def called(self, function: Any, args: Any, kwargs: Any, seconds: float) -> None:
        """A `tf.function` of the program returned after so many seconds."""
        self.traces.called(function, args, kwargs, seconds)

    def _look_at_card(self, watch: Watch, now: float) -> None:
        if now < watch.card_next:
            return
        watch.card_next = now + CARD_EVERY
        if self.card is None:
            from traindx.probes.speed.cards import open_card

            self.card = open_card()
        busy = self.card()
        if busy is not None and len(watch.utilisation) < MAX_SAMPLES:
            watch.utilisation.append(busy)
