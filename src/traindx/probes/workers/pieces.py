"""Gradients that several workers computed before one update: who computed them, on which rows, when, and what came of them."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.workers import Exchange, Share
from traindx.probes.workers.rows import Rows, overlap
from traindx.probes.workers.samples import combination

MAX_STEPS = 600
MAX_LOOKS = 24
WARM = 2
"""Steps left out of timings: tracing and first allocations."""


@dataclass
class Piece:
    """One gradient: the model and its shapes, the thread, the rows, and numbers in scope that may name the worker."""

    model: int
    shapes: tuple[tuple[int, ...], ...]
    thread: int
    ended: float
    began: float | None = None
    numbers: dict[tuple[str, str, int], int] = field(default_factory=dict)
    hashes: np.ndarray | None = None
    rows: int = 0
    gradient: np.ndarray | None = None
    site: Location | None = None


@dataclass
class Step:
    """Pieces up to one exchange, and the gradients then applied, by model."""

    opened: float | None
    pieces: list[Piece] = field(default_factory=list)
    applied: list[np.ndarray | None] = field(default_factory=list)
    closed: float = 0.0


class Pieces:
    """Groups gradients into steps: a step ends with the first gradient after an optimizer was applied."""

    def __init__(self) -> None:
        self.open = Step(None)
        self.steps: list[Step] = []
        self.count = 0
        self.ever_applied = False

    @property
    def looks(self) -> bool:
        """Whether gradients of this step are wanted: the first steps, then ever fewer."""
        return self.count < 4 or (self.count & (self.count - 1) == 0) or self.count % 50 == 0

    def add(self, piece: Piece) -> None:
        """A gradient was computed."""
        again = not self.ever_applied and any(p.model == piece.model for p in self.open.pieces)
        if self.open.applied or (again and len({p.model for p in self.open.pieces}) > 1):
            self._close()
        if len(self.open.pieces) < 1024:
            self.open.pieces.append(piece)

    def apply(self, gradient: np.ndarray | None) -> None:
        """An optimizer was applied."""
        self.ever_applied = True
        self.open.applied.append(gradient)
        self.open.closed = time.perf_counter()

    def _close(self) -> None:
        done, self.open = self.open, Step(self.open.closed or None)
        self.count += 1
        if len(done.pieces) >= 2 and len(self.steps) < MAX_STEPS:
            self.steps.append(done)

    def exchanges(self) -> list[tuple[Exchange, list[Rows]]]:
        """What the steps with several gradients of one architecture show, by architecture."""
        if len(self.open.pieces) >= 2 and self.open.applied:
            self._close()
        kinds: dict[Any, list[Step]] = {}
        for step in self.steps:
            shapes = {p.shapes for p in step.pieces}
            if len(shapes) == 1:
                kinds.setdefault(shapes.pop(), []).append(step)
        made = [_exchange(steps) for steps in kinds.values()]
        return [m for m in made if m is not None]


def _exchange(steps: list[Step]) -> tuple[Exchange, list[Rows]] | None:
    n = Counter(len(s.pieces) for s in steps).most_common(1)[0][0]
    whole = [s for s in steps if len(s.pieces) == n]
    if n > 256 or len(whole) < 4:
        return None
    threads = len({p.thread for p in whole[-1].pieces}) > 1
    names = _who(whole, n)
    rows = [Rows() for _ in range(n)]
    for step, order in zip(whole, names.order, strict=True):
        for k, piece in zip(order, step.pieces, strict=True):
            rows[k].add(piece.hashes, piece.rows)
    weights, residual = _weights(whole, names.order, n)
    seconds, last, duration = _busy(whole, names.order, n)
    shares = tuple(
        Share(names.called[k], len(rows[k].seen), rows[k].drawn, weights[k], seconds[k], last[k]) for k in range(n)
    )  # fmt: skip
    made = Exchange(
        "gradients", shares, len(steps), overlap(rows), residual=residual, step_seconds=duration, threads=threads,
        location=whole[-1].pieces[0].site,
    )  # fmt: skip
    return made, rows


@dataclass
class _Names:
    called: list[str]
    order: list[list[int]]


def _who(steps: list[Step], n: int) -> _Names:
    """Which worker each piece belongs to: by model, by a number in scope that tells them apart in every step, by thread,
    else by the order within the step."""
    models = {tuple(sorted(p.model for p in s.pieces)) for s in steps}
    if len(models) == 1 and len(set(next(iter(models)))) == n:
        keys = sorted(next(iter(models)), key=[p.model for p in steps[0].pieces].index)
        return _Names([f"replica {k}" for k in range(n)], [[keys.index(p.model) for p in s.pieces] for s in steps])
    shared = set.intersection(*(set(p.numbers) for s in steps for p in s.pieces))
    for key in sorted(shared, key=lambda k: (k[2], k)):
        values = {tuple(sorted(p.numbers[key] for p in s.pieces)) for s in steps}
        if len(values) == 1 and len(set(next(iter(values)))) == n:
            ids = list(next(iter(values)))
            return _Names([f"{key[1]} {v}" for v in ids], [[ids.index(p.numbers[key]) for p in s.pieces] for s in steps])
    threads = {tuple(sorted(p.thread for p in s.pieces)) for s in steps}
    if len(threads) == 1 and len(set(next(iter(threads)))) == n:
        ids = list(next(iter(threads)))
        return _Names([f"thread {k}" for k in range(n)], [[ids.index(p.thread) for p in s.pieces] for s in steps])
    return _Names([f"worker {k}" for k in range(n)], [list(range(n)) for _ in steps])


def _weights(steps: list[Step], order: list[list[int]], n: int) -> tuple[list[float | None], float | None]:
    """Median weight of each worker's gradient in what was applied, by least squares at the steps looked at."""
    found: list[np.ndarray] = []
    left: list[float] = []
    for step, who in zip(steps, order, strict=True):
        applied = [a for a in step.applied if a is not None]
        given = [p.gradient for p in step.pieces]
        if not applied or any(g is None or g.shape != applied[0].shape for g in given) or len(found) >= MAX_LOOKS:
            continue
        answer = combination([g for g in given if g is not None], applied[0])
        if answer is not None and answer[1] < 0.05:
            placed = np.zeros(n)
            placed[who] = answer[0]
            found.append(placed)
            left.append(answer[1])
    if not found:
        return [None] * n, None
    return [float(v) for v in np.median(found, axis=0)], float(np.median(left))


def _busy(
    steps: list[Step], order: list[list[int]], n: int
) -> tuple[list[float | None], list[float], float | None]:
    """Median seconds from the begin of a worker's work in a step to its gradient; how often each came last; step time.

    Work begins when the step begins, or when the same thread has finished the gradient before.
    """
    times: list[list[float]] = [[] for _ in range(n)]
    last = [0] * n
    whole: list[float] = []
    for step, who in list(zip(steps, order, strict=True))[WARM:]:
        if step.opened is None or not step.closed:
            continue
        before: dict[int, float] = {}
        spent = [0.0] * n
        for k, piece in zip(who, step.pieces, strict=True):
            spent[k] = piece.ended - before.get(piece.thread, step.opened)
            before[piece.thread] = piece.ended
        for k in range(n):
            times[k].append(spent[k])
        last[int(np.argmax(spent))] += 1
        whole.append(step.closed - step.opened)
    if len(whole) < 6:
        return [None] * n, [0.0] * n, None
    return [float(np.median(t)) for t in times], [x / len(whole) for x in last], float(np.median(whole))
