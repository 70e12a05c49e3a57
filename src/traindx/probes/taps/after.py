"""After the run: measures the states that were kept, and repeats the steps up to the first bad one."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.dynamics import BadStep, Dynamics
from traindx.probes.taps import state
from traindx.probes.taps.bad import bad_step, is_bad
from traindx.probes.taps.history import Sample
from traindx.probes.taps.loops import arguments
from traindx.probes.taps.twin import CannotTwinError, EagerTwin, Twin

if TYPE_CHECKING:
    from traindx.probes.taps.taps import Pending, Taps


class Limit:
    """Seconds that may pass, by the lesser of wall and CPU time: other programs on the machine do not count."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.wall, self.cpu = seconds, time.perf_counter(), time.process_time()

    @property
    def over(self) -> bool:
        """Whether they have passed."""
        return min(time.perf_counter() - self.wall, time.process_time() - self.cpu) > self.seconds


class Restored:
    """Every variable of the model, its optimizer and its metrics is put back on exit."""

    def __init__(self, model: Any, optimizer: Any = None) -> None:
        metrics = [p for v in getattr(model, "metrics_variables", []) for p in state.plain(v)]
        slots = state.optimizer_variables(model, optimizer)
        self.variables = state.unique(state.model_variables(model) + slots + metrics)

    def __enter__(self) -> Restored:
        self.values = state.read(self.variables)
        return self

    def __exit__(self, *_: object) -> None:
        state.write(self.variables, self.values)


def finish(taps: Taps, model: Any, batch: Callable[[], Any], seconds: float) -> Dynamics | None:
    """The dynamics of one model; None where no step could be measured."""
    path = "eager" if isinstance(taps.twin, EagerTwin) else "in-step" if taps.history.samples else "afterwards"
    missing, found, underflow = taps.why, None, {}
    with Restored(model, taps.optimizer):
        try:
            if not taps.why:
                twin = _twin(taps, model)
                if twin is not None:
                    _measure_pending(taps, twin, model, batch, seconds)
                    with Restored(model, taps.optimizer):
                        found = first_bad(taps, twin, model, Limit(2 * seconds))
                    if found is None and taps.pending:
                        underflow = _underflow(taps, twin, model)
                elif taps.suspect:
                    bad = BadStep(taps.step - 1, "unknown", exact=False, note="an eager step cannot be repeated")
                    found = _known(taps, bad)
        except CannotTwinError as why:
            missing = str(why)
    if taps.twin is None:
        return Dynamics(np.zeros(0, np.int64), missing=missing or "no step was looked at", first_bad=found)
    made = taps.history.dynamics(
        taps.twin.layout, path=path, every=taps.schedule.every, first_bad=found, updates_per_sample=taps.updates,
        accumulation=int(getattr(getattr(model, "optimizer", None), "gradient_accumulation_steps", None) or 1),
        missing=missing, underflow=underflow, seconds=round(taps.schedule.spent, 4),
    )  # fmt: skip
    return made or Dynamics(np.zeros(0, np.int64), missing=missing or "no step was looked at", first_bad=found)


def _twin(taps: Taps, model: Any) -> Twin | None:
    """The twin that measured in the run, else a new one; None where the program's step is no function."""
    if isinstance(taps.twin, Twin):
        return taps.twin
    if taps.function is None:
        return None
    twin = _another(taps, model)
    if taps.twin is None:
        taps.twin = twin
    return twin


def _measure_pending(taps: Taps, twin: Twin, model: Any, batch: Callable[[], Any], seconds: float) -> None:
    variables = state.model_variables(model)
    order = sorted(taps.pending, key=lambda p: p.step)
    order = order[:3] + order[-1:] + order[3:-1] if len(order) > 4 else order  # the ends first, should time run out
    limit = Limit(math.inf)
    for pending in order:
        if limit.over:
            break
        _measure_one(taps, twin, variables, pending, batch)
        if math.isinf(limit.seconds):  # the first one traced the twin
            limit = Limit(seconds)


def _measure_one(taps: Taps, twin: Twin, variables: list[Any], pending: Pending, batch: Callable[[], Any]) -> None:
    if len(pending.before) != len(variables):
        return
    state.write(variables, pending.before)
    data = pending.data if pending.data is not None else batch()
    if data is None:
        return
    vector, flags = twin.measure(data)
    taps.history.add(Sample(pending.step, vector, flags, twin.layout.order(pending.moved), pending.rate))


def first_bad(taps: Taps, twin: Twin, model: Any, limit: Limit) -> BadStep | None:
    """The first step with a value that is not finite, found by repeating the steps since the last good state."""
    if not taps.suspect:
        return None
    start = next((p for p in taps.pending if p.step == 0 and p.data is not None), None)
    flight, last = taps.flight, taps.step - 1
    if start is not None:
        state.write(state.model_variables(model), start.before)
        vector, _ = twin.measure(start.data)
        if is_bad(twin.layout, vector):
            return bad_step(twin, vector, model, 0, start.data, taps)
    if not flight.whole:
        why = flight.why or "the batches before it were not kept"
        return _known(taps, BadStep(last, "unknown", exact=False, note=why))
    state.write(flight.variables, flight.values)
    for step, data in list(flight.batches):
        if limit.over:
            return _known(taps, BadStep(step, "unknown", exact=False, note="repeating the steps took too long"))
        vector, _ = twin.measure(data)
        if is_bad(twin.layout, vector):
            return bad_step(twin, vector, model, step, data, taps)
        before = [float(v) for v in vector[: 1]]
        taps.function(iter((data,)))
        if not state.finite(state.read(state.trainable(model))):
            layer = _poisoned(model)
            return replace(_known(taps, BadStep(step, "update", layer)), loss_before=before[0])
    return _known(taps, BadStep(last, "unknown", exact=False, note="repeating the steps gave finite values"))


def _known(taps: Taps, found: BadStep) -> BadStep:
    """What the samples say about the steps before a bad step that could not be repeated."""
    seen = [s for s in taps.history.samples if s.step <= found.step and np.isfinite(s.vector[0])]
    if not seen:
        return found
    return replace(found, loss_before=float(seen[-1].vector[0]))


def _poisoned(model: Any) -> str:
    for variable in model.trainable_variables:
        if not state.finite(state.read(state.plain(variable))):
            return str(variable.path)
    return ""


def _another(taps: Taps, model: Any, factor: float | None = None) -> Twin:
    if taps.body is not None:
        return Twin(model, taps.body, arguments, factor)
    return Twin(model, model.train_step, factor=factor)


FACTOR = 1024.0


def _underflow(taps: Taps, twin: Twin, model: Any) -> dict[str, float]:
    """In half precision without loss scaling: per variable, the share of gradients that are zero only for lack of range.

    The same step is measured with a backward pass that starts 1024 times larger: gradients that become non-zero had
    been rounded to zero.
    """
    pending = taps.pending[min(len(taps.pending) - 1, 3)]
    half = any(x.dtype == "float16" for x in twin.layout.layers)
    if pending.data is None or not half:
        return {}
    tables = []
    for each in (twin, _another(taps, model, FACTOR)):
        state.write(state.model_variables(model), pending.before)
        vector, _ = each.measure(pending.data)
        values, _, _, variables = each.layout.unpack(vector)
        tables.append(variables)
    if values["scale"] != 1.0 or tables[0].shape != tables[1].shape:
        return {}
    lost = tables[0][:, 3] - tables[1][:, 3]
    return {v.path: float(x) for v, x in zip(twin.layout.variables, lost, strict=True) if np.isfinite(x)}
