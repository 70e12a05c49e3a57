"""Which steps are looked at: the first three, then every k-th, as far as a stated share of the time allows."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST = 3
BUDGET = 0.01
"""Share of the training time that looking may cost; the bar of the whole is 0.03."""
ALLOWANCE = 0.1
LONG = 8.0
WORTH = 15.0
"""The twin is traced during the run once the run has lasted this many times its own first step with its own tracing:
its one-time cost, at most 0.8 of that, is then below 6 % of a run that goes on, and nothing for runs that end before."""


class Schedule:
    """A token bucket: time spent looking stays below `BUDGET` of the time since the first step, plus `ALLOWANCE`.

    `align` is the number of batches whose gradients the optimizer adds up: only each such step moves the weights.
    """

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self.now = now
        self.began: float | None = None
        self.tracing = 0.0  # of the program's own step, where that was done before the first batch
        self.first_step = 0.0
        self.spent, self.cost = 0.0, 0.0
        self.every, self.next = 10, 0
        self.taken = 0
        self.dense = 0
        self.align = 1

    def start(self) -> None:
        """The first step begins."""
        if self.began is None:
            self.began = self.now()

    def stepped(self) -> None:
        """A step is over; what the first one took, with its tracing, is what tracing something of ours is held against."""
        if not self.first_step:
            self.first_step = self.tracing + self.elapsed

    @property
    def elapsed(self) -> float:
        """Seconds since the first step began."""
        return 0.0 if self.began is None else self.now() - self.began

    def wants(self, step: int) -> bool:
        """Whether this step should be looked at; a step that cannot be afforded is put off."""
        if self.taken < FIRST:
            return True
        if step < self.next or (step + 1) % self.align:
            return False
        if self.spent + self.cost > BUDGET * self.elapsed + ALLOWANCE:
            self.next = step + max(1, self.every // 4)
            return False
        return True

    def took(self, step: int, seconds: float) -> None:
        """A step was looked at, and what that cost."""
        self.taken += 1
        self.spent += seconds
        self.cost = seconds if self.cost == 0.0 else 0.7 * self.cost + 0.3 * seconds
        if self.dense:
            self.dense -= 1
            self.next = step + 1
        else:
            if step >= FIRST and self.taken % 24 == 0:
                self.every = min(1000, self.every * 2)
            self.next = step + self.every

    def burst(self) -> None:
        """Something suspicious was seen: look at the next steps too."""
        self.dense = FIRST

    @property
    def long(self) -> bool:
        """Whether the run has lasted long enough to pay for tracing something of ours."""
        return self.elapsed >= max(LONG, WORTH * self.first_step)

    def worth_a_twin(self, done: float | None) -> bool:
        """Whether the run pays for the twin; `done` is the share of it that is over, where known."""
        return self.long and (done is None or done < 0.7)
