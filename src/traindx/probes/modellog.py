"""What is kept of one model while the program runs: calls, samples, history, start weights. Bounded in memory."""

from __future__ import annotations

import math
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.observation import CallFacts, Curve, Split
from traindx.probes.bounded import Ends, Epochs
from traindx.probes.loud import Loud
from traindx.probes.refits import Refits
from traindx.probes.sample import StreamSample
from traindx.probes.stamps import StampLog

MAX_WINDOWS = 512
MAX_STEP_LOSSES = 4096
MAX_CALLS = 4096


def template(value: Any) -> Any:
    """The nesting of `value` with leaves numbered in Keras' flat order (dicts by sorted key)."""
    counter = iter(range(1 << 30))

    def walk(v: Any) -> Any:
        if isinstance(v, dict):
            return {k: walk(v[k]) for k in sorted(v)}
        if isinstance(v, list | tuple) and v and any(hasattr(i, "shape") or isinstance(i, dict | tuple) for i in v):
            return [walk(i) for i in v]
        return next(counter)

    return None if value is None else walk(value)


def fill(shape: Any, leaves: tuple[Any, ...]) -> Any:
    """Put leaves into a nesting made by `template`."""
    if isinstance(shape, dict):
        return {k: fill(v, leaves) for k, v in shape.items()}
    if isinstance(shape, list):
        return [fill(v, leaves) for v in shape]
    return None if shape is None else leaves[shape]


def ordered(model: Any, y: Any) -> tuple[Any, Any]:
    """Targets and their nesting, with leaves in the order of the model's outputs: a dict would be sorted by name, where
    the model lists its outputs in another order."""
    names = list(getattr(model, "output_names", None) or ())
    listed = isinstance(getattr(model, "_outputs_struct", None), list | tuple)
    if not listed or not isinstance(y, dict) or set(y) != set(names):
        return y, template(y)
    return [y[name] for name in names], {name: at for at, name in enumerate(names)}


@dataclass
class Losses:
    """Loss per step from Keras' running means, thinned to windows of equal length when an epoch is long."""

    windows: list[tuple[int, Any]] = field(default_factory=list)
    stride: int = 1
    in_epoch: int = 0
    steps: int = 0
    kept: list[tuple[int, float]] = field(default_factory=list)
    keep_every: int = 1
    first_bad: int | None = None

    def step(self, running_mean: Any, size: int = 1) -> None:
        """One call of the train function returned this running mean of the loss."""
        self.in_epoch += size
        if running_mean is not None and self.in_epoch % self.stride == 0:
            self.windows.append((self.in_epoch, running_mean))
            if len(self.windows) > MAX_WINDOWS:
                self.windows = self.windows[1::2]
                self.stride *= 2

    def epoch(self) -> None:
        """Turn the windows of one epoch into losses per step."""
        before, total = 0, 0.0
        for at, tensor in self.windows:
            try:
                mean = float(tensor)
            except (TypeError, ValueError):
                continue
            loss = (mean * at - total) / max(1, at - before)
            self.add(self.steps + at - 1, loss if math.isfinite(mean) else mean)
            before, total = at, mean * at
        self.steps += self.in_epoch
        self.windows, self.stride, self.in_epoch = [], 1, 0

    def add(self, step: int, loss: float) -> None:
        """Keep one loss; every second is dropped when there are too many, the first bad step never."""
        if self.first_bad is None and not math.isfinite(loss):
            self.first_bad = step
        if len(self.kept) % self.keep_every == 0 or not math.isfinite(loss):
            self.kept.append((step, loss))
        if len(self.kept) > MAX_STEP_LOSSES:
            self.kept = self.kept[::2]


@dataclass
class ModelLog:
    """One model of the program."""

    key: str
    model: Callable[[], Any]
    compiled_at: Location | None = None
    calls: list[CallFacts] = field(default_factory=lambda: Ends(MAX_CALLS))
    splits: dict[str, Split] = field(default_factory=dict)
    streams: dict[str, StreamSample] = field(default_factory=dict)
    templates: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    identities: dict[str, set[int]] = field(default_factory=dict)
    epochs: Epochs = field(default_factory=Epochs)
    losses: Losses = field(default_factory=Losses)
    start: list[np.ndarray] | None = None
    start_paths: list[str] = field(default_factory=list)
    asked_epochs: int = 0
    longest_epoch: int = 0
    short_epochs: int = 0
    batch_size: int | None = None
    class_weight: dict[int, float] | None = None
    seconds: float = 0.0
    data_seconds: float = 0.0
    stopped_by: str | None = None
    batches_trained: int = 0
    kind: str = "fit"
    by_batch: bool = False
    loop_loss: Any = None
    loop_optimizer: Any = None
    optimizers: int = 0
    loop_call: Any = None
    paired: list[tuple[float, float, float]] = field(default_factory=list[tuple[float, float, float]])
    evaluating: str = "validation"
    sampling_seconds: float = 0.0
    judged: dict[Location | None, Any] = field(default_factory=dict[Location | None, Any])
    predicts: Location | None = None
    stamps: StampLog = field(default_factory=StampLog)
    born: float = field(default_factory=time.monotonic)
    taps: Any = None
    loop_taps: Any = None
    open: int = 0
    replica_rows: int | None = None
    loud: Loud = field(default_factory=Loud)
    unasked: Location | None = None
    refits: Refits = field(default_factory=Refits)

    @property
    def trained(self) -> bool:
        """Whether any training step was seen."""
        return bool(self.losses.steps or self.losses.in_epoch or self.batches_trained)

    def done(self) -> float | None:
        """The share of the epochs asked for that are over, where known."""
        over = self.epochs.count
        return over / self.asked_epochs if self.asked_epochs and over else None

    def epoch_over(self) -> None:
        """Count an epoch that had less than half the steps of the longest before it."""
        self.longest_epoch = max(self.longest_epoch, self.losses.in_epoch)
        self.short_epochs += 2 * self.losses.in_epoch < self.longest_epoch
        self.losses.epoch()

    def batch_of(self, x: Any) -> None:
        """The program's own step was given `x`: the first one tells the rows of a batch."""
        if self.batch_size is None and len(getattr(x, "shape", ())):
            self.batch_size = int(x.shape[0])

    def brought(self, role: str, x: Any) -> None:
        """These inputs came as `role`: told by their identity while they are there, which later ones may take over."""
        known = self.identities.setdefault(role, set())
        if id(x) not in known:
            known.add(id(x))
            with suppress(TypeError):
                weakref.finalize(x, known.discard, id(x)).atexit = False

    def dealt_out(self, rows: tuple[int, ...]) -> None:
        """A batch was dealt out to replicas: keep the most rows that one of them got."""
        if rows:
            self.replica_rows = max(self.replica_rows or 0, *rows)

    def release(self) -> None:
        """Let go of what holds data, weights or the model: another training takes this one's place in the report."""
        self.splits, self.streams, self.templates, self.judged, self.start, self.start_paths = {}, {}, {}, {}, None, []
        self.taps = self.loop_taps = self.loop_call = self.loop_loss = self.loop_optimizer = None
        self.refits = Refits()

    def finish_streams(self) -> None:
        """Freeze the stream samples into splits."""
        for role, stream in self.streams.items():
            split = stream.split()
            if split is not None:
                self.splits[role] = split

    def curve(self) -> Curve:
        """The history so far."""
        self.losses.epoch()
        return Curve(
            epochs={k: tuple(v) for k, v in self.epochs.values.items()}, step_loss=tuple(self.losses.kept),
            steps=max(self.losses.steps, self.batches_trained), first_bad_step=self.losses.first_bad,
            learning_rates=tuple(self.epochs.rates), asked_epochs=self.asked_epochs or None, batch_size=self.batch_size,
            seconds=self.seconds, data_seconds=self.data_seconds, stopped_by=self.stopped_by,
            optimizers=max(1, self.optimizers), every=self.epochs.every,
            longest_epoch=self.longest_epoch, short_epochs=self.short_epochs,
        )  # fmt: skip


def reference(model: Any) -> Callable[[], Any]:
    """A weak reference, or a strong one where the object takes none."""
    try:
        return weakref.ref(model)
    except TypeError:
        return lambda: model
