"""Stands before Keras' compiled step: batches are pulled, seen and handed on to the same step."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from time import perf_counter
from typing import Any

from traindx.probes.modellog import ModelLog, ordered
from traindx.probes.sample import unpack
from traindx.probes.taps.refeed import pull, refeed, step_of
from traindx.probes.taps.taps import Taps
from traindx.probes.workers.distributed import pulls_alone, rows_of_replicas, whole

PULLED = ("OwnedIterator", "DistributedIterator", "generator")


class Step:
    """Stands for Keras' compiled step function: same arguments, same result, losses and streamed batches noted."""

    def __init__(self, recorder: Any, log: ModelLog, function: Any, kind: str) -> None:
        self.recorder, self.log, self.function, self.kind = recorder, log, function, kind
        self.pulls: bool | None = None
        self.traced: bool | None = None
        self.tracing = 0.0
        self.passing: Any = None
        self.taps = recorder.guard(self._tapped) if kind == "train" else None
        self.counts = recorder.guard(recorder.compute.steps.counts, log.model(), kind)

    @property
    def role(self) -> str:
        """The split whose batches pass now."""
        return "train" if self.kind == "train" else self.log.evaluating

    def __call__(self, iterator: Any) -> Any:
        """One execution. The batch is pulled first, so that it can be seen, then handed to the same step."""
        if self.pulls is None or self.kind != "train":  # one path for good while training: two would be traced twice
            self.pulls = bool(self.recorder.guard(self._decide, iterator))
            if self.pulls and self.traced is None and type(iterator).__name__ == "OwnedIterator":
                began = perf_counter()
                trace = self.recorder.guard(step_of, self.function)
                if trace is not None:  # what it raises is the program's own: traced again, it would say something else
                    trace(iterator.element_spec)
                self.traced = True
                self.tracing = perf_counter() - began
                if self.taps is not None:
                    self.taps.schedule.tracing += self.tracing
        if self.pulls and type(iterator).__name__ in PULLED:
            began = perf_counter()
            data = next(iterator)
            self.log.data_seconds += perf_counter() - began
            if self.role in self.log.streams and not self.log.by_batch:
                self.recorder.guard(self._see, data)
                if self.kind == "test" and (self.passing is None or self.passing() is not iterator):
                    self.recorder.guard(self._begins, iterator, data)
            dealt = type(iterator).__name__ == "DistributedIterator"
            logs = self._run(lambda: self._step(iter((data,)), None if dealt else data), data)
        elif self.taps is not None and type(iterator).__name__ == "OwnedIterator" and self.taps.wants_several:
            batches: list[Any] = []
            given = self.recorder.guard(refeed, batches, iterator)  # before anything is taken that could not be put back
            if given is not None:
                batches += pull(iterator, self.taps.updates)
                if self.role in self.log.streams:
                    for each in batches:
                        self.recorder.guard(self._see, each)
            first, source = (batches[0], given) if given is not None else (None, iterator)
            logs = self._run(lambda: self._step(source, first), first)
        else:
            logs = self._run(lambda: self._step(iterator, None), None)
        if self.kind == "train":
            count = self.taps.updates if self.taps is not None else 1
            self.recorder.guard(self.recorder.compute.stepped, self.log.key, count, self.log.data_seconds)
        if self.kind == "train" and not self.log.by_batch:
            self.log.losses.step(logs.get("loss") if isinstance(logs, dict) else None)
        return logs

    def _step(self, iterator: Any, data: Any) -> Any:
        """Keras' own step, timed without what is done around it; the tracing before the first batch is part of it."""
        began = perf_counter()
        logs = self.function(iterator)
        if self.counts is not None:
            seconds, self.tracing = perf_counter() - began + self.tracing, 0.0
            self.recorder.guard(self.counts.ran, self.function, data, seconds)
        return logs

    def _run(self, call: Callable[[], Any], data: Any) -> Any:
        own = self.recorder.own if self.kind == "train" else None
        if own is None or own.place is None:
            return call() if self.taps is None else self.taps.run(call, data)
        self.recorder.guard(own.step_begins)
        logs = call()
        self.recorder.guard(own.step_ends, self.log.model())
        return logs

    def _tapped(self) -> Taps:
        if self.log.taps is None:
            self.log.taps = Taps(self.recorder.guard, self.log.done)
        self.log.taps.bind(self.log.model, self.function)
        return self.log.taps

    def _decide(self, iterator: Any) -> bool:
        model = self.log.model()
        single, kind = model.steps_per_execution == 1 and pulls_alone(iterator), type(iterator).__name__
        if self.kind == "train":
            return single and kind in PULLED
        return self.role in self.log.streams and kind in ("OwnedIterator", "DistributedIterator") and single

    def _begins(self, iterator: Any, data: Any) -> None:
        """The first batch of a pass over held-out rows."""
        self.passing = weakref.ref(iterator)
        x, y, _ = unpack(whole(data))
        self.log.streams[self.role].begins(x, ordered(self.log.model(), y)[0])

    def _see(self, data: Any) -> None:
        if self.kind == "train":
            self.log.dealt_out(rows_of_replicas(data))
        x, y, weight = unpack(whole(data))
        stream = self.log.streams[self.role]
        self.recorder.see(self.log, self.role, x, y, weight, stream.source, stream.location)
