"""Taps for custom loops, fed after every step by `probes.loops`.

A step inside `tf.function` is kept (arguments and the state before it) and measured after the run by a twin of the
program's own function. An eager step is watched as it happens: the patch is entered at the end of the step before.
"""

from __future__ import annotations

import time
from typing import Any, ClassVar

import numpy as np

from traindx.probes.taps import state
from traindx.probes.taps.flight import nbytes
from traindx.probes.taps.history import History, Sample
from traindx.probes.taps.schedule import Schedule
from traindx.probes.taps.seen import Seen
from traindx.probes.taps.taps import Pending, Taps, own
from traindx.probes.taps.twin import EagerTwin


class LoopTaps:
    """One per model that a custom loop trains."""

    watching: ClassVar[LoopTaps | None] = None
    """Only one eager step is watched at a time: patches must be undone in the order in which they were made."""

    def __init__(self, taps: Taps) -> None:
        self.taps = taps
        self.before: list[Any] | None = None
        self.seen: Seen | None = None
        self.tap: Any = None
        self.compiled: bool | None = None
        self.bound: Any = None

    def stepped(self, model: Any, optimizer: Any, loss: Any, function: Any = None, given: Any = None) -> None:
        """One step is over: `function(*given[0], **given[1])` did it, or eager code where there is no function."""
        taps, began = self.taps, time.perf_counter()
        if getattr(model, "_distribute_strategy", None) is not None:
            taps.why = "the training is distributed; its steps are not looked into"
        if taps.finished or taps.why:
            return
        if self.compiled not in (None, function is not None):
            self._cannot("steps run compiled and eagerly in turns; they are not looked into")
            return
        self.compiled = function is not None
        taps.optimizer = optimizer
        taps.schedule.start()
        taps.loss = loss if loss is not None else taps.loss
        if function is not None:
            taps.body, taps.function, self.bound = _body(function), _repeat(function), _bound_to(function)
            taps.flight.batch(taps.step, own(given) if taps.flight.at is not None else None)
        looked = self._finish_look(model, function, given)
        taps.step += 1
        if function is not None and taps.flight.due(taps.step, taps.schedule.elapsed):
            start = time.perf_counter()
            taps.flight.keep(taps.step, model, taps.loss, state.optimizer_variables(model, optimizer))
            taps.flight.spent += time.perf_counter() - start
        if not taps.flight.frozen and taps.schedule.wants(taps.step):
            self._begin_look(model, function)
            looked = True
        if looked:
            taps.schedule.took(taps.step - 1, time.perf_counter() - began)

    def _cannot(self, why: str) -> None:
        self.release()
        self.taps.why, self.taps.pending, self.taps.twin = why, [], None
        self.taps.history, self.taps.schedule = History(), Schedule()
        self.taps.flight.drop()

    def _begin_look(self, model: Any, function: Any) -> None:
        self.before = state.read(state.model_variables(model))
        if function is not None or LoopTaps.watching is not None:
            return
        if not isinstance(self.taps.twin, EagerTwin):
            self.taps.twin = EagerTwin(model)
        self.seen, self.tap = self.taps.twin.watch()
        self.seen.latest = True
        self.tap.__enter__()
        LoopTaps.watching = self

    def _finish_look(self, model: Any, function: Any, given: Any) -> bool:
        taps, before, seen = self.taps, self.before, self.seen
        self.before = None
        self.release()
        if before is None:
            return False
        moved, rate = taps.moved(model, before), taps.rate(model)
        if seen is not None:
            mine = {id(getattr(v, "_value", v)) for v in model.trainable_variables}
            seen.applied = [a for a in seen.applied if {id(getattr(v, "_value", v)) for v in a.variables} & mine]
            if isinstance(taps.twin, EagerTwin) and seen.applied:
                vector, flags = taps.twin.measure(seen, ())
                taps.history.add(Sample(taps.step, vector, flags, taps.twin.layout.order(moved), rate))
        elif function is not None:
            held = sum(int(t.shape.num_elements()) * t.dtype.size for t in before) + nbytes(given)
            taps.hold(Pending(taps.step, own(given), before, moved, rate, held))
        return True

    def release(self) -> None:
        """Leave the patch of a watched eager step."""
        if self.tap is not None:
            self.tap.__exit__(None, None, None)
            LoopTaps.watching = None
        self.tap = self.seen = None


def _body(function: Any) -> Any:
    """The program's own step as a Python function of `(args, kwargs)`, converted by AutoGraph as TensorFlow does."""
    from tensorflow.python.autograph.core import ag_ctx, converter
    from tensorflow.python.autograph.impl import api

    plain = function.python_function
    context = ag_ctx.ControlStatusCtx(
        status=ag_ctx.Status.ENABLED, options=converter.ConversionOptions(recursive=True, user_requested=True)
    )
    converted = api.tf_convert(plain, context) if getattr(function, "_autograph", True) else plain
    return lambda data: converted(*data[0], **data[1])


def _bound_to(function: Any) -> Any:
    """The object that a compiled method belongs to: TensorFlow holds it weakly, the replay after the program needs it."""
    method = getattr(function.python_function, "__original_wrapped__", None)
    return getattr(getattr(method, "__self__", None), "target", None)


def _repeat(function: Any) -> Any:
    """The program's compiled function, called as `Taps` calls Keras' own."""

    def again(iterator: Any) -> Any:
        args, kwargs = next(iterator)
        return function(*args, **kwargs)

    return again


def arguments(data: Any) -> list[tuple[str, Any]]:
    """The tensors and arrays among a function's arguments with their names."""
    import keras

    flat = [v for v in keras.tree.flatten(data) if isinstance(v, np.ndarray) or hasattr(v, "get_shape")]
    return [(f"argument {i}", v) for i, v in enumerate(flat)]
