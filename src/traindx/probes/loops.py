"""Custom training loops: what a GradientTape step was fed, which model it trained and what loss it gave.

Eager steps are seen as they run. A step inside `tf.function` is seen once while it is traced: which argument reaches
the model and which the loss; later calls are read by their arguments, so nothing is added to the graph.
"""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass, field, replace
from typing import Any

from traindx.facts.findings import Location
from traindx.facts.observation import CallFacts, Loop
from traindx.probes import pairs
from traindx.probes.arguments import argument_of, partner
from traindx.probes.beside import Beside
from traindx.probes.bounded import size_of
from traindx.probes.callsite import callsite
from traindx.probes.compiled import Compiled
from traindx.probes.judged import Tapes
from traindx.probes.leaves import concrete, gradients_in, is_loss, leaves, model_in, scalar, tensor_arguments
from traindx.probes.modellog import Losses, ModelLog
from traindx.probes.stamps import LeftOut
from traindx.probes.taps.loops import LoopTaps
from traindx.probes.taps.taps import Taps
from traindx.probes.workers.distributed import rows_of_replicas

MAX_STEPS_SEEN = 4096
MAX_PENDING = 64
MAX_PENDING_BYTES = 16 << 20
MAX_PENDING_MODELS = 64


@dataclass
class Traced:
    """What tracing one `tf.function` told: does it train, which model, in which mode, and which flat arguments are x, y."""

    trains: bool = False
    model: Any = None
    x_at: int | None = None
    y_at: int | None = None
    mode: Any = None
    loss: Any = None
    optimizer: Any = None
    variables: list[Any] = field(default_factory=list)


@dataclass
class Step:
    """The events of one eager step so far."""

    model: Any = None
    x: Any = None
    y: Any = None
    loss: Any = None
    value: Any = None
    optimizer: Any = None
    variables: list[Any] = field(default_factory=list)
    beside: Any = None
    output: Any = None


@dataclass
class Bare:
    """Training of plain variables, outside any Keras model."""

    location: Location | None
    losses: Losses = field(default_factory=Losses)
    steps: int = 0
    dtypes: tuple[str, ...] = ()
    optimizer: Any = None


class Loops:
    """Follows the custom loops of a program and feeds the recorder's model logs."""

    def __init__(self, recorder: Any) -> None:
        self.recorder = recorder
        self.functions: weakref.WeakKeyDictionary[Any, Traced] = weakref.WeakKeyDictionary()
        self.local = threading.local()
        self.tapes = Tapes()
        self.traced_last: Traced | None = None
        self.pending: dict[int, list[Step]] = {}
        self.split: dict[int, bool] = {}
        self.left_out = LeftOut()
        self.beside = Beside()
        self.bare: dict[Location | None, Bare] = {}
        self.compiled = Compiled()

    @property
    def tracing(self) -> Traced | None:
        """The `tf.function` that this thread is in; the threads of a strategy's replicas are in the last one entered."""
        if type(threading.current_thread()).__name__ == "_MirroredReplicaThread":
            return self.traced_last
        return getattr(self.local, "tracing", None)

    @tracing.setter
    def tracing(self, value: Traced | None) -> None:
        self.local.tracing = self.traced_last = value

    @property
    def step(self) -> Step:
        """The events of this thread's step: threads may play workers."""
        found = getattr(self.local, "step", None)
        if found is None:
            found = self.local.step = Step()
        return found

    def fresh(self) -> Traced:
        """An empty record for a `tf.function` not seen before."""
        return Traced()

    # ---- events, eager or symbolic ----------------------------------------------------------------------------

    def model_called(self, model: Any, args: tuple[Any, ...], kwargs: dict[str, Any], out: Any) -> None:
        """A model was called by the program itself."""
        if not self.recorder.has_trained(model):
            self.recorder.guard(self.left_out.called, model, kwargs.get("training"), self.tracing is not None, callsite)
        self.recorder.own.judging(model)
        x = args[0] if args else next(iter(kwargs.values()), None)
        if self.tracing is not None:
            at = argument_of(x)
            seen = self.tracing.model  # a Sequential calls the functional model within it: the outer one counts
            if at is not None and (seen is None or self.tracing.x_at is None or _holds(model, seen)):
                self.tracing.model, self.tracing.x_at, self.tracing.mode = model, at, kwargs.get("training")
        elif concrete(x):
            step = self.step
            step.model, step.x, step.output = model, x, out
            step.beside = self.recorder.guard(self.beside.find, model, x, concrete)
            if not self.tapes.open:
                self.recorder.guard(self.recorder.judges, model, x, step.beside)
                self.recorder.called(model, x, out, step.beside, kwargs.get("training"))
                if kwargs.get("training") is None:
                    self.recorder.guard(self.recorder.judges_unasked, model)

    def loss_called(self, loss: Any, args: tuple[Any, ...], kwargs: dict[str, Any], value: Any) -> None:
        """A Keras loss object was called by the program itself."""
        y = args[0] if args else kwargs.get("y_true")
        if self.tracing is not None:
            self.tracing.loss = loss
            if self.tracing.y_at is None:  # the first of several replicas, as for x
                self.tracing.y_at = argument_of(y)
        elif concrete(y):
            self.step.y, self.step.loss = y, loss

    def differentiated(self, target: Any, sources: Any, result: Any = None) -> None:
        """A tape gave gradients of `target`."""
        variables = [v for v in leaves(sources) if hasattr(v, "dtype")]
        if self.tracing is not None:
            self.tracing.trains = True
            self.tracing.variables = variables
            return
        self.step.value, self.step.variables = target, variables
        if self.step.model is not None and _owns(self.step.model, variables):
            waiting = self.pending.setdefault(id(self.step.model), [])
            waiting.append(replace(self.step))
            self._bound(waiting)
            self.recorder.guard(self.recorder.ledger.gradient, self.step.model, self.step.x, leaves(result))
        if not any(getattr(v, "_trainable", None) is not None for v in variables) or self._owner(variables) is None:
            self._bare_step(scalar(target), variables)

    def applied(self, optimizer: Any, variables: list[Any], gradients: list[Any]) -> None:
        """An optimizer applied gradients: one step is done, of several workers where several gradients were computed."""
        if self.tracing is not None:
            self.tracing.trains, self.tracing.optimizer = True, optimizer
            self.tracing.variables = variables
            return
        step, self.local.step = self.step, Step()
        called = step.model if step.model is not None and _owns(step.model, variables) else None
        model = called if called is not None else self._owner(variables, optimizer)
        self.recorder.guard(self.recorder.ledger.applied, model, gradients)
        if model is None:
            return
        waiting = self.pending.pop(id(model), [])
        if waiting:
            step = waiting[-1]
            log = self.recorder.log(model)
            for other in waiting[:-1] if log.batches_trained and log.batches_trained < MAX_STEPS_SEEN else ():
                self.recorder.see(log, "train", other.x, other.y, None, "batches", log.calls[0].location)
        if id(model) in self.split and not self.split[id(model)]:  # its gradients were taken for whole steps so far
            self.split[id(model)] = True
            log = self.recorder.log(model)
            if log.taps is not None:
                log.taps.why = "gradients and updates are separate calls of the program; steps are not looked into"
            return
        own = step.model is model
        y = step.y if step.y is not None or step.loss is not None else step.beside if own else None
        self._trained(model, step.x if own else None, y, step.value, step.loss, optimizer)
        self.recorder.guard(self._paired, self.recorder.log(model), y if own else None, step)
        if id(model) not in self.split:
            self.recorder.guard(self._look, model, optimizer, step.value)

    def function_begins(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """A known `tf.function` that trains a model is about to run."""
        seen = self.functions.get(function)
        if seen is None or not seen.trains or seen.optimizer is None:
            return
        self.recorder.own.step_begins()
        self.recorder.guard(self.recorder.ledger.reads_itself, [*args, *kwargs.values()])
        if seen.model is None:
            return
        given = tensor_arguments(args, kwargs)
        x = given[seen.x_at] if seen.x_at is not None and seen.x_at < len(given) else None
        self.recorder.ledger.trains(model_in(args, kwargs) or seen.model, x, "function")

    def function_called(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], out: Any) -> None:
        """An outermost `tf.function` of the program returned."""
        seen = self.functions.get(function)
        if seen is not None and not seen.trains and not self.tapes.open:
            self._called(function, seen, args, kwargs, out)
        if seen is None or not seen.trains:
            return
        value = scalar(next((v for v in leaves(out) if is_loss(v)), None))
        model = model_in(args, kwargs) or seen.model
        model = model if model is not None else self._owner(seen.variables, seen.optimizer)
        if model is None:
            self._bare_step(value, seen.variables, seen.optimizer)
            return
        given = tensor_arguments(args, kwargs)
        self.recorder.log(model).dealt_out(rows_of_replicas(args or tuple(kwargs.values())))
        x = given[seen.x_at] if seen.x_at is not None and seen.x_at < len(given) else None
        y = given[seen.y_at] if seen.y_at is not None and seen.y_at < len(given) else partner(given, x)
        if not _owns(model, seen.variables):  # another model follows: the targets are not those of this one's outputs
            y = None
        if seen.optimizer is None and self._gradient_only(model, x, y, value, seen, out):
            return
        self.recorder.own.step_ends(model)
        self._trained(model, x, y, value, seen.loss, seen.optimizer)
        self.recorder.log(model).loop_call = (function, args, kwargs, y)
        self.recorder.guard(self._look, model, seen.optimizer, value, function, (args, kwargs))

    def _called(self, function: Any, seen: Traced, args: tuple[Any, ...], kwargs: dict[str, Any], out: Any) -> None:
        """A function ran a model without training it."""
        given = tensor_arguments(args, kwargs) if seen.model is not None and seen.x_at is not None else []
        if seen.x_at is not None and seen.x_at < len(given):
            x = given[seen.x_at]
            y = given[seen.y_at] if seen.y_at is not None and seen.y_at < len(given) else partner(given, x)
            model = model_in(args, kwargs) or seen.model
            self.recorder.judges(model, x, y)
            self.recorder.guard(self._judged, function, model, x, y, out, rows_of_replicas(args or tuple(kwargs.values())))
            if seen.mode is True:
                self.recorder.guard(self.recorder.judges_loud, model, x)
            if seen.mode is None:
                self.recorder.guard(self.recorder.judges_unasked, model)

    def _judged(self, function: Any, model: Any, x: Any, y: Any, out: Any, dealt: tuple[int, ...]) -> None:
        """A function gave scores of a trained model, or its predictions."""
        if self.recorder.has_trained(model):
            self.compiled.called(function, self.recorder.log(model), x, y, out, dealt, callsite)
        rows = int(x.shape[0]) if len(getattr(x, "shape", ())) else 0
        whole = [v for v in leaves(out) if rows and len(getattr(v, "shape", ())) and int(v.shape[0]) == rows]
        if len(whole) == 1 and "float" in str(whole[0].dtype):
            self.recorder.called(model, x, whole[0], y, self.functions[function].mode)

    def _gradient_only(self, model: Any, x: Any, y: Any, value: float | None, seen: Traced, out: Any) -> bool:
        """A function gave gradients and left the update to others; whether that update is known to come and counts alone."""
        gradients = gradients_in(out, model)
        if gradients:
            self.recorder.guard(self.recorder.ledger.gradient, model, x, gradients)
        if not self.split.setdefault(id(model), False):
            return False
        waiting = self.pending.setdefault(id(model), [])
        waiting.append(Step(model, x, y, seen.loss, value))
        self._bound(waiting)
        return True

    def _bound(self, waiting: list[Step]) -> None:
        """Let go of the oldest batches that wait for an update: it may never come through a Keras optimizer."""
        del waiting[:-MAX_PENDING]
        while len(waiting) > 1 and sum(size_of(s.x) for s in waiting) > MAX_PENDING_BYTES:
            del waiting[0]
        while len(self.pending) > MAX_PENDING_MODELS:
            del self.pending[next(iter(self.pending))]

    # ---- what follows -----------------------------------------------------------------------------------------

    def _owner(self, variables: list[Any], optimizer: Any = None) -> Any:
        model = self.recorder.model_of(variables, optimizer)
        if model is None and variables:
            for known in list(self.recorder.models):
                values = {id(v.value) for v in known.trainable_variables} | {id(v) for v in known.trainable_variables}
                if {id(v) for v in variables} <= values:
                    return known
        return model

    def _trained(self, model: Any, x: Any, y: Any, value: Any, loss: Any, optimizer: Any) -> None:
        log: ModelLog = self.recorder.log(model)
        if not log.batches_trained:
            self._begin(log, model)
        log.kind, log.by_batch = "loop", True
        log.loop_loss = loss if loss is not None else log.loop_loss
        log.optimizers += optimizer is not None and optimizer is not log.loop_optimizer
        log.loop_optimizer = optimizer if optimizer is not None else log.loop_optimizer
        number = scalar(value)
        if number is not None:
            log.losses.add(log.batches_trained, number)
        if x is not None and log.batches_trained < MAX_STEPS_SEEN:
            self.recorder.see(log, "train", x, y, None, "batches", log.calls[0].location if log.calls else None)
        log.batch_of(x)
        log.batches_trained += 1
        self.recorder.compute.stepped(log.key, 1, self.recorder.compute.pulls)

    def _paired(self, log: ModelLog, y: Any, step: Step) -> None:
        """Set the loss of an eager step beside what its targets and outputs give."""
        found = pairs.beside(log.batches_trained, step.value, y, step.output) if len(log.paired) < pairs.MAX_KEPT else None
        if found is not None:
            log.paired.append(found)

    def _look(self, model: Any, optimizer: Any, loss: Any, function: Any = None, given: Any = None) -> None:
        """Look into the step that is over, where it is due."""
        log: ModelLog = self.recorder.log(model)
        if log.taps is None:
            log.taps = Taps(self.recorder.guard, log.done)
            log.taps.model = log.model
            log.loop_taps = LoopTaps(log.taps)
        if log.loop_taps is not None:
            log.loop_taps.stepped(model, optimizer, loss, function, given)

    def _begin(self, log: ModelLog, model: Any) -> None:
        self.recorder.hold(model)
        call = CallFacts("loop", log.key, self.recorder.order, callsite(), {"source": "batches"})
        self.recorder.order += 1
        log.calls.append(call)
        self.recorder.calls.append(call)

    def _bare_step(self, value: float | None, variables: list[Any], optimizer: Any = None) -> None:
        site = callsite()
        bare = self.bare.setdefault(site, Bare(site))
        bare.dtypes = bare.dtypes or tuple(sorted({_dtype(v) for v in variables}))
        bare.optimizer = optimizer
        if value is not None:
            bare.losses.add(bare.steps, value)
        bare.steps += 1

    def facts(self) -> tuple[Loop, ...]:
        """The loops that trained plain variables; a single gradient is no training."""
        return tuple(
            Loop(b.steps, tuple(b.losses.kept), b.dtypes, None, b.location, b.losses.first_bad)
            for b in self.bare.values() if b.steps >= 5
        )  # fmt: skip


def _holds(model: Any, inner: Any) -> bool:
    return model is not inner and {id(v) for v in inner.weights} <= {id(v) for v in model.weights}


def _owns(model: Any, variables: list[Any]) -> bool:
    return {id(v) for v in variables} <= {id(v) for v in model.trainable_variables}


def _dtype(value: Any) -> str:
    return str(getattr(value.dtype, "name", value.dtype))
