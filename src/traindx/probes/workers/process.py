"""This process as one worker of a cluster: its place in TF_CONFIG, its weights at some steps, its time between steps."""

from __future__ import annotations

import json
import os
import time
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.workers import Figure, Process
from traindx.probes.callsite import callsite
from traindx.probes.fresh import fresh
from traindx.probes.workers.distributed import alone
from traindx.probes.workers.samples import sample

MAX_TRACE = 24
MAX_TIMES = 4096
MAX_HELD = 2048


def place() -> tuple[str, int, int] | None:
    """(name, index, number of training workers) from TF_CONFIG; None where this is no worker of several."""
    try:
        config = json.loads(os.environ.get("TF_CONFIG") or "{}")
        cluster, task = config.get("cluster", {}), config.get("task", {})
        kind, index = str(task.get("type", "")), int(task.get("index", 0))
        chiefs, workers = len(cluster.get("chief", ())), len(cluster.get("worker", ()))
    except (ValueError, TypeError, AttributeError):
        return None
    if chiefs + workers < 2 or kind not in ("chief", "worker"):
        return None
    return f"{kind}-{index}", index + (chiefs if kind == "worker" else 0), chiefs + workers


class OwnWork:
    """Follows the synchronous steps of this worker. Does nothing where there is only one."""

    def __init__(self) -> None:
        self.place = place()
        self.steps = 0
        self.trace: list[tuple[int, np.ndarray]] = []
        self.outside: list[float] = []
        self.inside: list[float] = []
        self.began = 0.0
        self.ended: float | None = None
        self.source: np.ndarray | None = None
        self.rows: np.ndarray | None = None
        self.strategy: str | None = None
        self.location: Location | None = None
        self.phase = ""
        self.judged: Callable[[], Any] = lambda: None

    def judging(self, model: Any) -> None:
        """The program asked this model for outputs."""
        if self.place is not None:
            self.judged = weakref.ref(model)

    def held(self) -> tuple[np.ndarray | None, bool]:
        """Sample of the trainable weights of the model that was asked last, at most 2048 values, and whether they are as
        initialised; None where no model was asked, or reading them needs a message to other workers."""
        model = self.judged()
        if model is None or not model.built or not alone(model.weights):
            return None, False
        vector = sample(model.trainable_weights)
        if vector is None or not len(vector):
            return None, False
        return vector[np.unique(np.linspace(0, len(vector) - 1, MAX_HELD).astype(int))], fresh(model)

    def step_begins(self) -> None:
        """A synchronous step begins: what lies between it and the last one was this worker's own time."""
        if self.place is None:
            return
        self.began = time.perf_counter()
        if self.ended is not None and len(self.outside) < MAX_TIMES:
            self.outside.append(self.began - self.ended)

    def step_ends(self, model: Any) -> None:
        """It ended: keep a sample of the weights at steps 1, 2, 4, 8 and so on, and every hundredth."""
        if self.place is None:
            return
        if self.began and len(self.inside) < MAX_TIMES:
            self.inside.append(time.perf_counter() - self.began)
        self.steps += 1
        n = self.steps
        if n == 1:
            self.location = callsite()
            strategy = getattr(model, "_distribute_strategy", None)
            self.strategy = type(strategy).__name__ if strategy is not None else None
        if (n & (n - 1) == 0 or n % 100 == 0) and len(self.trace) < MAX_TRACE:
            self.sample(model)
        self.ended = time.perf_counter()

    def sample(self, model: Any) -> None:
        """Keep the trainable weights as they are; others may need a message to other workers to be read."""
        vector = sample(model.trainable_weights)
        if vector is not None:
            self.trace.append((self.steps, vector))

    def facts(self, figures: tuple[Figure, ...]) -> Process | None:
        """What this worker saw of itself."""
        if self.place is None:
            return None
        name, index, count = self.place
        def middle(times: list[float]) -> float | None:
            return float(np.median(times[2:])) if len(times) >= 8 else None

        return Process(
            name, index, count, self.steps, tuple(self.trace), middle(self.outside), middle(self.inside), self.source, figures,
            self.strategy, location=self.location, rows=self.rows,
        )  # fmt: skip
