"""The sink of `attach`: remembers what the program does with Keras, in bounded memory, and never disturbs it."""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.faults import said
from traindx.facts.findings import Location
from traindx.facts.observation import CallFacts, ScoreCall
from traindx.facts.runlog import Journal
from traindx.probes.bounded import Ends
from traindx.probes.by_hand import ByHand
from traindx.probes.callfacts import number, results, settings, stopper
from traindx.probes.callsite import callsite
from traindx.probes.judged import judged
from traindx.probes.keras_step import Step
from traindx.probes.logs import Logs
from traindx.probes.loops import Loops
from traindx.probes.modellog import MAX_CALLS, ModelLog, ordered, template
from traindx.probes.predictions import MAX_SCORES, Kept, PredictStep, bound_scores, score_call
from traindx.probes.sample import IN_MEMORY, StreamSample, cut_rows, flatten, kind_of, sample_arrays, unpack
from traindx.probes.speed.log import ComputeLog
from traindx.probes.workers.distributed import alone
from traindx.probes.workers.ledger import Ledger
from traindx.probes.workers.watchdog import Watchdog

MAX_SNAPSHOT_BYTES = 256 << 20
MAX_MODELS_HELD = 2
_now = time.perf_counter
"""Bound once: the program may put another clock in its place."""


class Recorder:
    """Everything seen of one program run, by model in order of appearance."""

    def __init__(self, journal: Journal | None = None) -> None:
        self.journal = journal
        self.logs = Logs(self._released)
        self.models: weakref.WeakSet[Any] = weakref.WeakSet()
        self.sites: weakref.WeakKeyDictionary[Any, Location] = weakref.WeakKeyDictionary()
        self.calls: list[CallFacts] = Ends(MAX_CALLS)
        self.notes: list[str] = []
        self.held: list[Any] = []
        self.kept = Kept()
        self.by_hand = ByHand()
        self.scores: list[ScoreCall] = Ends(MAX_SCORES)
        self.rng = np.random.default_rng(0)
        self.order = 0
        self.own_seconds = 0.0
        self.muted = False
        self.ledger = Ledger()
        self.loops = Loops(self)
        self.events = 0
        self.watchdog = Watchdog(*_from_afar(self))
        self.compute = ComputeLog(self)
        self.own = self.ledger.own
        self.phase = ""

    # ---- Sink -------------------------------------------------------------------------------------------------

    def guard(self, what: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call `what`; a fault becomes a note."""
        if self.muted:
            return None
        began = _now()
        self.events += 1
        try:
            return what(*args, **kwargs)
        except Exception as fault:  # noqa: BLE001 - the program must never see a fault of ours
            named = getattr(what, "__name__", type(what).__name__)
            note = f"traindx could not record {named}: {said(fault)}"
            if len(self.notes) < 50 and note not in self.notes:
                self.notes.append(note)
            return None
        finally:
            self.own_seconds += _now() - began

    def pulse(self) -> None:
        """A sign of life for the run log of a worker: should it be killed, this is what it did last."""
        if self.own.place is not None and self.journal is not None:
            name, index, count = self.own.place
            told = {"name": name, "index": index, "count": count, "steps": self.own.steps, "phase": self.phase}
            self.journal.repeat("worker", told)

    def created(self, thing: Any) -> None:
        """Remember where a layer, model or optimizer was made."""
        site = callsite()
        if site is not None and thing not in self.sites:
            self.sites[thing] = site
        if hasattr(thing, "train_step"):
            self.models.add(thing)
            self.watchdog.start()

    def compiled(self, model: Any, arguments: dict[str, Any]) -> None:
        """Remember where the model was compiled."""
        self.log(model).compiled_at = callsite()

    def optimizer_builds(self, optimizer: Any, variables: list[Any]) -> None:
        """Snapshot the start weights of the model whose variables these are."""
        model = self.model_of(variables, optimizer)
        if model is not None:
            self.snapshot(self.log(model), model)

    def wraps_step(self, model: Any, function: Any, kind: str) -> Any:
        """Stand before Keras' compiled step to see losses and streamed batches."""
        if kind == "predict":
            done = isinstance(function, PredictStep) or function is None
            return None if done else PredictStep(self, model, function)
        return None if isinstance(function, Step) or function is None else Step(self, self.log(model), function, kind)

    def epoch_ends(self, model: Any, epoch: int, logs: dict[str, Any]) -> None:
        """Keep the epoch's logs and the learning rate in force."""
        if model is None:
            return
        log = self.log(model)
        numbers = {str(k): n for k, v in logs.items() if (n := number(v)) is not None}
        log.epochs.add(numbers, number(getattr(getattr(model, "optimizer", None), "learning_rate", None)))
        log.epoch_over()
        if self.journal is not None:
            self.journal.repeat("epoch", {"model": log.key, "epoch": epoch, "logs": numbers})
        log.stamps.epoch(model)
        for stream in log.streams.values():
            stream.complete = stream.complete or bool(stream.seen)

    def call_begins(self, kind: str, model: Any, arguments: dict[str, Any]) -> Any:
        """Sample what the call brings; remembers line and settings."""
        log = self.log(model)
        log.open += 1
        site = callsite()
        if kind in ("fit", "train_on_batch"):
            self.hold(model)
            if log.start is None and model.built:
                self.snapshot(log, model)
        began = time.perf_counter()
        source = kind_of(arguments.get("x"))
        self.compute.steps.called(kind, site)
        self.phase = f"{kind} at line {site.line}" if site is not None else kind
        if kind == "fit" and source == "tf.data":
            self.guard(self.ledger.pipeline, arguments.get("x"))
        if kind in ("fit", "train_on_batch") and model.built:
            self.guard(self.ledger.trains, model, arguments.get("x") if source in IN_MEMORY else None, kind)
        handler = {"fit": self._fit, "evaluate": self._evaluate, "predict": self._predict,
                   "train_on_batch": self._train_on_batch, "test_on_batch": self._on_batch,
                   "predict_on_batch": self._on_batch}.get(kind)  # fmt: skip
        if handler is not None:
            handler(log, arguments, source, site)
        log.sampling_seconds += time.perf_counter() - began
        call = CallFacts(kind, log.key, self.order, site, settings(arguments, source), data=id(arguments.get("x")))
        stamp = log.stamps.begins(kind, model, self.order)
        self.guard(log.refits.begins, log, kind, arguments, stamp, site)
        self.kept.begins(call, arguments.get("x"), source, stamp)
        self.order += 1
        return log, call, time.perf_counter(), model, arguments.get("x")

    def scored(self, name: str, given: dict[str, Any], result: Any, site: Location) -> None:
        """The program called a scikit-learn metric."""
        self.scores.append(score_call(name, given, result, site, self.order))
        self.order += 1
        bound_scores(self.scores)

    def called(self, model: Any, x: Any, out: Any, y: Any, training: Any) -> None:
        """The program called a model itself to look at what it gives; `y` stands beside the rows."""
        self.kept.called(self.log(model), x, out, y, training, self.order, callsite())
        self.order += 1

    def predicted(self, kind: str, model: Any, x: Any, out: Any) -> None:
        """The program predicted from within its training, or one batch."""
        self.kept.aside(kind, self.log(model), x, out, self.order, callsite())
        self.order += 1

    def printed(self, values: tuple[Any, ...]) -> None:
        """The program printed these; a score among them is kept as one. The tables of scikit-learn are no scores by hand."""
        tables = [s.result for s in self.scores if isinstance(s.result, str)]
        if any(isinstance(v, str) and v[:2000] in tables for v in values):
            return
        found = self.by_hand.placed(values, self.kept.all) if self.kept.any else []
        if found:
            self.order += self.by_hand.keep(found, callsite(), self.order, self.scores)

    def call_ends(self, token: Any, result: Any, error: BaseException | None) -> None:
        """Keep the call with its result."""
        if token is None:
            return
        log, call, began, model, given = token
        self.phase = ""
        log.open -= 1
        self.guard(self.kept.ends, result)
        if call.kind == "predict_on_batch":
            self.guard(self.predicted, call.kind, model, given, result)
        seconds = time.perf_counter() - began
        if call.kind == "train_on_batch":
            self._batch_trained(log, model, result, call)
            return
        given_back = results(model, result) if call.kind in ("evaluate", "test_on_batch") else {}
        if call.kind in ("evaluate", "predict") and call.settings.get("source") in IN_MEMORY:
            self.guard(self.ledger.judged, model, given, given_back, call.location)
        fault = f"{type(error).__name__}: {error}"[:500] if error is not None else None
        done = replace(call, seconds=seconds, result=given_back, error=fault)
        log.calls.append(done)
        self.calls.append(done)
        for stream in log.streams.values():
            stream.complete = stream.complete or (stream.role == "test" and bool(stream.seen))
        if call.kind == "fit":
            log.seconds += seconds
            log.stopped_by = stopper(model)
            self.guard(log.refits.ended, log, model)

    # ---- what calls bring -------------------------------------------------------------------------------------

    def _fit(self, log: ModelLog, given: dict[str, Any], source: str, site: Location | None) -> None:
        log.by_batch = False
        log.longest_epoch = 0  # another call may bring other data
        log.asked_epochs += int(given.get("epochs") or 1) - int(given.get("initial_epoch") or 0)
        log.batch_size = int(given.get("batch_size") or 32) if source in IN_MEMORY else None
        log.class_weight = {int(k): float(v) for k, v in (given.get("class_weight") or {}).items()} or None
        x, y, weight = given.get("x"), given.get("y"), given.get("sample_weight")
        held_out = given.get("validation_data")
        split = float(given.get("validation_split") or 0.0)
        log.brought("train", x)
        if split and held_out is None and source in IN_MEMORY:
            n = len(flatten(x)[0])
            cut = int(np.floor(n * (1.0 - split)))
            held_out = tuple(None if v is None else cut_rows(v, cut, n) for v in (x, y, weight))
            x, y, weight = (None if v is None else cut_rows(v, 0, cut) for v in (x, y, weight))
        self._take(log, "train", x, y, weight, source, site)
        self.guard(self.compute.fit_begins, log, given, source)
        log.evaluating = "validation"
        if held_out is not None:
            vx, vy, vw = unpack(held_out)
            log.brought("validation", vx)
            self._take(log, "validation", vx, vy, vw, kind_of(vx), site)

    def _evaluate(self, log: ModelLog, given: dict[str, Any], source: str, site: Location | None) -> None:
        x = given.get("x")
        role = next((r for r in ("validation", "train") if id(x) in log.identities.get(r, ())), "test")
        log.brought(role, x)
        log.evaluating = role
        if role == "test":
            self._take(log, role, x, given.get("y"), given.get("sample_weight"), source, site)

    def _predict(self, log: ModelLog, given: dict[str, Any], source: str, site: Location | None) -> None:
        x = given.get("x")
        known = any(id(x) in ids for ids in log.identities.values())
        log.predicts = site if not known and source not in IN_MEMORY else None
        if not known and source in IN_MEMORY:
            log.brought("predict", x)
            self._take(log, "predict", x, None, None, source, site)

    def _train_on_batch(self, log: ModelLog, given: dict[str, Any], source: str, site: Location | None) -> None:
        log.kind, log.by_batch = "train_on_batch", True
        if source in IN_MEMORY and log.batches_trained < 4096:
            log.batch_of(given.get("x"))
            self.see(log, "train", given.get("x"), given.get("y"), given.get("sample_weight"), "batches", site)

    def _on_batch(self, log: ModelLog, given: dict[str, Any], source: str, site: Location | None) -> None:
        if source in IN_MEMORY:
            self.judges(log.model(), given.get("x"), given.get("y"))

    def _take(self, log: ModelLog, role: str, x: Any, y: Any, weight: Any, source: str, site: Location | None) -> None:
        if log.sampling_seconds > 1.0 + 0.03 * (time.monotonic() - log.born) and role in log.splits:
            return
        if source in IN_MEMORY:
            y, nesting = ordered(log.model(), y)
            split = sample_arrays(role, x, y, weight, source=source, location=site, rng=self.rng)
            if split is not None:
                log.splits[role] = split
                log.templates[role] = (template(x), nesting)
        elif source in ("tf.data", "generator", "pydataset") and role not in log.streams:
            log.streams[role] = StreamSample(role, source, site, self.rng)

    def see(self, log: ModelLog, role: str, x: Any, y: Any, weight: Any, source: str, site: Location | None) -> None:
        """One batch passed; sampling stops when it has cost more than 3 % of the time since the model's first call."""
        began = time.perf_counter()
        stream = log.streams.setdefault(role, StreamSample(role, source, site, self.rng))
        if stream.failed or stream.complete or (log.sampling_seconds > 1.0 + 0.03 * (time.monotonic() - log.born) and stream.seen):
            return
        y, nesting = ordered(log.model(), y)
        log.templates.setdefault(role, (template(x), nesting))
        stream.add(x, y, weight)
        log.sampling_seconds += time.perf_counter() - began

    def judges(self, model: Any, x: Any, y: Any) -> None:
        """The program handed rows to a trained model itself, outside of any step."""
        if (log := self.logs.known(model)) is not None and log.trained:
            judged(log, x, y, callsite(), self.rng)

    def has_trained(self, model: Any) -> bool:
        """Whether a training step of this model was seen."""
        log = self.logs.known(model)
        return log is not None and log.trained

    def judges_unasked(self, model: Any) -> None:
        """The program called a trained model without naming a mode; one line of these is kept."""
        if (log := self.logs.known(model)) is not None and log.trained and log.unasked is None:
            log.unasked = callsite()

    def judges_loud(self, model: Any, x: Any) -> None:
        """A compiled function that trains nothing ran a trained model in training mode."""
        if (log := self.logs.known(model)) is not None and log.trained:
            log.loud.called(x, log.batches_trained, callsite())

    def predicts(self, log: ModelLog, data: Any) -> None:
        """A batch of a stream passes in `predict`; its rows may be training rows, so its labels are not taken."""
        if log.predicts is not None:
            judged(log, unpack(data)[0], None, log.predicts, self.rng)

    def _batch_trained(self, log: ModelLog, model: Any, result: Any, call: CallFacts) -> None:
        told = results(model, result)
        if "loss" in told:
            log.losses.add(log.batches_trained, told["loss"])
        log.batches_trained += 1
        if log.batches_trained == 1:
            log.calls.append(call)
            self.calls.append(call)

    # ---- models -----------------------------------------------------------------------------------------------

    def log(self, model: Any) -> ModelLog:
        """The model's log; a new one for a model (or a reused id) not seen before."""
        return self.logs.of(model)

    def _released(self, key: str) -> None:
        self.compute.watches.pop(key, None)

    def hold(self, model: Any) -> None:
        """Keep the last models alive until the report; older ones may be freed by the program."""
        self.held = [*[m for m in self.held if m is not model][-(MAX_MODELS_HELD - 1):], model]

    def model_of(self, variables: list[Any], optimizer: Any = None) -> Any:
        """The model that was compiled with this optimizer, else the outermost that owns all these variables, or None."""
        wanted = {id(v) for v in variables}
        owners = [m for m in list(self.models) if wanted <= {id(v) for v in m.trainable_variables}]
        within = {id(getattr(m, "_functional", None)) for m in owners}  # what a Sequential builds for itself
        owners = [m for m in owners if id(m) not in within]

        def closeness(model: Any) -> tuple[bool, int, int]:
            mine = getattr(model, "optimizer", None)
            compiled = mine is not None and optimizer in (mine, getattr(mine, "inner_optimizer", None))
            return compiled, len(model.variables), sum(1 for _ in model._flatten_layers())

        return max(owners, key=closeness, default=None)

    def snapshot(self, log: ModelLog, model: Any) -> None:
        """Copy all weights as they are now, once, unless they are larger than the bound."""
        if log.start is not None or (self.own.place is not None and not alone(model.weights)):
            return
        import tensorflow as tf

        with tf.init_scope():
            weights = model.weights
            if sum(int(np.prod(w.shape, dtype=np.int64)) * 4 for w in weights) <= MAX_SNAPSHOT_BYTES:
                log.start = [np.array(w.value.numpy()) for w in weights]
                log.start_paths = [str(w.path) for w in weights]


def _from_afar(recorder: Recorder) -> tuple[Callable[[], int | None], Callable[[], None]]:
    """(events so far or None once the recorder is gone, sign of life), without keeping the recorder alive."""
    there = weakref.ref(recorder)

    def events() -> int | None:
        found = there()
        return found.events if found is not None else None

    def pulse() -> None:
        found = there()
        if found is not None:
            found.pulse()

    return events, pulse
