"""The taps of one model: decides per step what is looked at, keeps states and batches, runs the twin.

The program's own compiled step always runs exactly once per batch, on the weights it would have had. While a run is
short, states are only kept (by reference) and measured after the run; once a run is long enough to pay for it, the
twin is traced and measures in place. Models that run eagerly are watched as they step.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from traindx.facts.dynamics import Dynamics
from traindx.probes.taps import state
from traindx.probes.taps.flight import Flight, nbytes, number
from traindx.probes.taps.history import History, Sample, thin
from traindx.probes.taps.schedule import Schedule
from traindx.probes.taps.twin import CannotTwinError, EagerTwin, Twin
from traindx.probes.workers.distributed import looked_into, one_replica, whole

PENDING_BYTES = 16 << 20
MAX_PENDING = 48
MAX_MOVED_BYTES = 64 << 20


@dataclass
class Pending:
    """A step whose state was kept: measured after the run."""

    step: int
    data: Any
    before: list[Any]
    moved: dict[int, float]
    rate: float
    bytes: int


@dataclass
class Look:
    """One step being looked at."""

    step: int
    data: Any
    before: list[Any]
    rate: float
    seconds: float = 0.0
    measured: tuple[np.ndarray, np.ndarray] | None = None
    seen: Any = None
    tap: Any = None


class Taps:
    """See the module. One per model, kept over several calls of `fit`; `bind` follows a new compiled step."""

    def __init__(self, guard: Callable[..., Any], done: Callable[[], float | None]) -> None:
        self.guard, self.done = guard, done
        self.model: Callable[[], Any] = lambda: None
        self.step = 0
        self.function: Any = None
        self.schedule, self.history = Schedule(), History()
        self.flight = Flight(int(0.5 * (40 << 20) + 0.02 * state.resident()))
        self.pending: list[Pending] = []
        self.twin: Twin | EagerTwin | None = None
        self.why = ""
        self.loss: Any = None
        self.placed_at: int | None = None
        self.updates = 1
        self.key: Any = None
        self.losses: list[float] = []
        self.finished = False
        self.dealt = False
        self.copies: bool | None = None
        self.body: Any = None
        self.optimizer: Any = None

    # ---- life ------------------------------------------------------------------------------------------------

    def bind(self, model: Callable[[], Any], function: Any) -> None:
        """Keras made a new compiled step: after `compile` what was kept for the old one cannot be measured any more."""
        live = model()
        key = (id(live.optimizer), tuple(id(v) for v in live.trainable_variables), live.run_eagerly)
        if self.key is not None and key != self.key:
            self.pending, self.twin, self.history = [], None, History()
            self.flight.drop()
            self.flight.next = self.step + 1
            self.schedule = Schedule()
            self.schedule.next = self.step
        self.key, self.model, self.function = key, model, function
        self.schedule.align = int(getattr(live.optimizer, "gradient_accumulation_steps", None) or 1)
        self.updates = int(getattr(live, "steps_per_execution", 1) or 1)
        if self.updates > 1:
            self.flight.why = "several steps run in one execution"
        if live._distribute_strategy is not None:
            self.dealt, self.flight.why = True, "batches dealt out to replicas are not kept"
            self.why = self.why or looked_into(live._distribute_strategy, live.run_eagerly)
        if live.run_eagerly and not isinstance(self.twin, EagerTwin):
            self.twin = EagerTwin(live)

    @property
    def wants_several(self) -> bool:
        """Whether the batches of this execution of several steps should be pulled to be seen."""
        usable = self.updates > 1 and not self.why and not self.finished
        return usable and (self.schedule.began is None or self.schedule.wants(self.step))

    def run(self, call: Callable[[], Any], data: Any) -> Any:
        """Execute one step of the program through `call`, and look at it where it is due."""
        look = None
        if self.finished:
            return call()
        if not self.why:
            look = self.guard(self._before, data)
        try:
            logs = call()
        finally:
            if look is not None and look.tap is not None:
                self.guard(look.tap.__exit__, None, None, None)
        if not self.why:
            self.guard(self._after, look, logs)
        self.step += self.updates
        return logs

    # ---- around one step --------------------------------------------------------------------------------------

    def _before(self, data: Any) -> Look | None:
        schedule, began = self.schedule, time.perf_counter()
        schedule.start()
        if data is not None:
            if self.step and self.flight.due(self.step, schedule.elapsed):
                self.flight.keep(self.step, self.model(), self.loss, state.optimizer_variables(self.model()))
                self.flight.spent += time.perf_counter() - began
            if self.copies is None:
                self.copies = own(data) is not data
            self.flight.batch(self.step, own(data) if self.copies else data)
        if self.flight.frozen or not schedule.wants(self.step):
            return None
        if self.dealt:
            data = whole(data)
        model = self.model()
        eager = isinstance(self.twin, EagerTwin)
        before = state.read(state.model_variables(model))
        look = Look(self.step, own(data), before, self.rate(model))
        if eager:
            look.seen, look.tap = self.twin.watch()
            look.tap.__enter__()
        elif isinstance(self.twin, Twin) and data is not None:
            traced = self.twin.seconds
            look.measured = self._measured(data)
            began += self.twin.seconds - traced  # paid once, not per sample
        look.seconds = time.perf_counter() - began
        return look

    def _after(self, look: Look | None, logs: Any) -> None:
        loss = logs.get("loss") if isinstance(logs, dict) else None
        self.loss = loss if loss is not None else self.loss
        self.schedule.stepped()
        if look is None:
            return
        began = time.perf_counter()
        model = self.model()
        moved = self.moved(model, look.before)
        if look.seen is not None:
            vector, flags = self.twin.measure(look.seen, look.data)  # type: ignore[union-attr, call-arg]
            self.history.add(Sample(look.step, vector, flags, self.twin.layout.order(moved), look.rate))  # type: ignore[union-attr]
        elif look.measured is not None:
            self.history.add(Sample(look.step, *look.measured, self.twin.layout.order(moved), look.rate))  # type: ignore[union-attr]
            self._suspicious(look.measured[0])
        elif look.before:
            self.hold(Pending(look.step, look.data, look.before, moved, look.rate,
                               sum(int(t.shape.num_elements()) * t.dtype.size for t in look.before)
                               + (nbytes(look.data) if look.data is not None else 0)))  # fmt: skip
        self.schedule.took(look.step, look.seconds + time.perf_counter() - began)
        if self.twin is None and self.schedule.worth_a_twin(self.done()):
            self.twin = Twin(model, model.train_step)
            self.placed_at = self.step

    def _measured(self, data: Any) -> tuple[np.ndarray, np.ndarray] | None:
        assert isinstance(self.twin, Twin)
        try:
            with one_replica():
                return self.twin.measure(data)
        except CannotTwinError as why:
            if not self.twin.layout.layers:
                self.why = str(why)
            return None

    def moved(self, model: Any, before: list[Any]) -> dict[int, float]:
        """L2 norm of the update of every trainable variable by its id; empty where it is not affordable."""
        kept = {id(v): t for v, t in zip(state.model_variables(model), before, strict=False)}
        variables = state.trainable(model)
        if not before or state.size(variables) > MAX_MOVED_BYTES or any(id(v) not in kept for v in variables):
            return {}
        norms = {}
        for variable, now in zip(variables, state.read(variables), strict=True):
            change = now.numpy().astype(np.float32) - kept[id(variable)].numpy().astype(np.float32)
            norms[id(variable)] = float(np.linalg.norm(change.ravel())) / self.updates
        return norms

    def _suspicious(self, vector: np.ndarray) -> None:
        loss = float(vector[0])
        usual = np.median(self.losses) if len(self.losses) >= 5 else np.inf
        if np.isfinite(loss):
            self.losses = [*self.losses[-20:], abs(loss)]
        if not np.isfinite(loss) or abs(loss) > 5 * usual:
            self.schedule.burst()

    def rate(self, model: Any) -> float:
        """The learning rate in force."""
        return _rate(self.optimizer if self.optimizer is not None else getattr(model, "optimizer", None))

    def hold(self, pending: Pending) -> None:
        """Keep a step to be measured after the run."""
        if pending.bytes > PENDING_BYTES // 2:
            return
        self.pending.append(pending)
        while len(self.pending) > 4 and (
            len(self.pending) > MAX_PENDING or sum(p.bytes for p in self.pending) > PENDING_BYTES
        ):
            fewer = thin(self.pending)
            self.pending = fewer if len(fewer) < len(self.pending) else [self.pending[0], *self.pending[2:]]
            self.schedule.every = min(1000, self.schedule.every * 2)

    # ---- after the run ----------------------------------------------------------------------------------------

    def finish(self, batch: Callable[[], Any], seconds: float = 6.0) -> Dynamics | None:
        """Measure what was kept, look for the first bad step, and freeze. `batch` gives rows of the training sample."""
        from traindx.probes.taps.after import finish
        from traindx.probes.taps.loops import LoopTaps

        if LoopTaps.watching is not None:
            LoopTaps.watching.release()
        model, self.finished = self.model(), True
        if model is None or (self.schedule.began is None and not self.history.samples):
            return Dynamics(np.zeros(0, np.int64), missing=self.why) if self.why else None
        with one_replica():
            return finish(self, model, batch, seconds)

    @property
    def suspect(self) -> bool:
        """Whether the training holds something that is not finite by now."""
        model = self.model()
        return self.flight.frozen or not number(self.loss) or not state.finite(state.read(state.trainable(model)))


def own(data: Any) -> Any:
    """The batch, with arrays that the program could overwrite copied."""
    import keras

    if not any(isinstance(t, np.ndarray) for t in keras.tree.flatten(data)):
        return data
    return keras.tree.map_structure(lambda t: t.copy() if isinstance(t, np.ndarray) else t, data)


def _rate(optimizer: Any) -> float:
    try:
        return float(optimizer.learning_rate)
    except (AttributeError, TypeError, ValueError):
        return float("nan")
