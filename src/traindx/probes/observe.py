"""Turns a recorder's logs into an `Observation`, replaying the models that are still alive."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.dynamics import Dynamics
from traindx.facts.evaluation import Prediction
from traindx.facts.observation import ErrorFacts, ModelFacts, Observation, Replay, ScoreCall, Split, Training
from traindx.facts.workers import WorkersSeen
from traindx.probes.around import quiet
from traindx.probes.describe import describe_model
from traindx.probes.hush import hushed
from traindx.probes.judged import settle
from traindx.probes.modellog import ModelLog
from traindx.probes.own_test_step import find_loud_test_step
from traindx.probes.recorder import Recorder
from traindx.probes.replay import Frozen, batch_of, predict, replay
from traindx.probes.speed.collect import collect
from traindx.probes.trials import put_on_trial
from traindx.probes.workers.distributed import alone, strategy_of


def observe(recorder: Recorder, program: str, *, exit: int, error: ErrorFacts | None, seconds: float) -> Observation:
    """Everything seen, with replays; a model that cannot be replayed keeps what was recorded."""
    trainings: list[Training] = []
    recorder.watchdog.stop()
    with quiet(), hushed():
        compiled = tuple(recorder.guard(_compiled, recorder) or ())
        workers = recorder.guard(_workers, recorder, exit, error)
        for log in recorder.logs.subjects():
            made = recorder.guard(_training, recorder, log, error is None or error.allocation is None)
            if made is not None:
                trainings.append(made)
    return Observation(
        program=program, exit=exit, trainings=tuple(trainings), calls=tuple(recorder.calls), error=error,
        seconds=seconds, notes=tuple(recorder.notes), versions=_versions(), loops=recorder.loops.facts(),
        scores=(*recorder.scores, *(s for _, s in compiled if s is not None)),
        predictions=(*recorder.kept.all(), *(p for p, _ in compiled)),
        metrics=recorder.guard(recorder.ledger.values.given.facts) or (),
        untrained=recorder.guard(recorder.loops.left_out.facts) or (), workers=workers,
    )  # fmt: skip


def _compiled(recorder: Recorder) -> list[tuple[Prediction, ScoreCall | None]]:
    """What compiled functions gave of models as they are now; counts of one replica alone go to the ledger."""
    if recorder.own.place is not None:
        return []
    return list(recorder.loops.compiled.scores(recorder.order, recorder.ledger.values.alone))


def _workers(recorder: Recorder, exit: int, error: ErrorFacts | None) -> WorkersSeen:
    seen = recorder.ledger.facts()
    if error is None and not exit:
        return seen
    return replace(seen, waits=recorder.watchdog.facts(error.type if error is not None else "", True, recorder.ledger.work))


def at_a_glance(recorder: Recorder, program: str, seconds: float) -> Observation:
    """What is known while the program hangs: nothing is computed with its models, whose locks others may hold."""
    trainings = tuple(
        Training(ModelFacts(log.key, "?", "unknown", compile_location=log.compiled_at), tuple(log.calls), curve=log.curve(), kind=log.kind)
        for log in recorder.logs.values() if log.trained
    )  # fmt: skip
    waits = recorder.watchdog.facts("", False, recorder.ledger.work)
    if waits is not None:
        name = recorder.own.place[0] if recorder.own.place is not None else ""
        waits = replace(waits, phase=recorder.phase, worker=name)
    seen = WorkersSeen(waits=waits, process=recorder.own.facts(()))
    return Observation(program, -1, trainings, tuple(recorder.calls), seconds=seconds, versions=_versions(), workers=seen,
                       notes=("the report was written while the program stood still: nothing was replayed",))  # fmt: skip


def _training(recorder: Recorder, log: ModelLog, room: bool = True) -> Training:
    """One training; without `room` (memory has just run out) nothing is computed again."""
    log.finish_streams()
    recorder.guard(settle, log)
    model = log.model()
    if model is None:
        facts = ModelFacts(log.key, "?", "gone", compile_location=log.compiled_at)
        return Training(facts, tuple(log.calls), log.splits, log.curve(), kind=log.kind, stamps=log.stamps.facts(None, []))
    facts = describe_model(model, log.key, recorder.sites, log.compiled_at, log.loop_loss, log.loop_optimizer)
    facts = replace(facts, strategy=recorder.guard(strategy_of, model, log, recorder.ledger.averages))
    others = [x.model() for x in recorder.logs.values() if x.trained]
    facts = replace(facts, scope=recorder.guard(recorder.ledger.strategies.scope_of, model, log, list(recorder.models), recorder.sites))
    stamps = recorder.guard(log.stamps.facts, model, others)
    if room:
        recorder.guard(find_loud_test_step, model, log)
    made = Training(
        facts, tuple(log.calls), log.splits, log.curve(), kind=log.kind, stamps=stamps, loud=log.loud.site,
        loud_unseen=log.loud.unseen(log.splits.get("train")), unasked=log.unasked, paired=tuple(log.paired),
        refits=tuple(log.refits.judged),
    )  # fmt: skip
    dynamics = recorder.guard(_dynamics, log) if log.taps is not None and room else None
    again = recorder.guard(_replayed, made, log, model, recorder.sites, recorder.own.place is not None) if room else None
    made = replace(again or made, dynamics=dynamics)
    return replace(made, compute=recorder.guard(collect, recorder, log, model, made))


def _dynamics(log: ModelLog) -> Dynamics | None:
    return log.taps.finish(lambda: rows_of(log))


def rows_of(log: ModelLog) -> Any:
    """One batch of the training sample as Keras hands it to a step; None where there is no sample."""
    split = log.splits.get("train")
    if split is None or "train" not in log.templates:
        return None
    batch = batch_of(log, split, slice(0, log.batch_size or 32))
    given = (batch.x, batch.y, batch.weight)
    return given[: 3 if batch.weight is not None else 2 if batch.y is not None else 1]


def _replayed(made: Training, log: ModelLog, model: Any, sites: Any, several: bool) -> Training:
    if not model.built or not log.splits or (several and not alone(model.weights)):
        return made
    activation_of = {x.name: x.activation for x in made.model.layers}
    splits = dict(made.splits)
    start = end = None
    notes: tuple[str, ...] = ()
    with Frozen(model):
        try:
            end, splits = _pass(model, log, splits, "end", activation_of)
        except Exception as fault:
            if not made.model.has_train_step:
                raise
            notes = (f"the model does not take what its step is given: {type(fault).__name__}: {fault}"[:300],)
        # the trials of a worker of several would wait for the others
        trials = None if several else put_on_trial(model, log, replace(made, splits=splits, end=end), splits, sites)
        if notes and trials is not None:
            return replace(made, evaluation=replace(trials, notes=(*notes, *trials.notes)))
        if log.start is not None and _restore(model, log):
            start, splits = _pass(model, log, splits, "start", activation_of)
    return replace(made, splits=splits, start=start, end=end, evaluation=trials)


def _pass(
    model: Any, log: ModelLog, splits: dict[str, Split], when: str, activation_of: dict[str, str | None]
) -> tuple[Replay | None, dict[str, Split]]:
    found, made = None, dict(splits)
    with Frozen(model):
        for role, split in splits.items():
            if role in log.templates and role != "predict":
                outputs = predict(model, log, split)
                made[role] = replace(split, **{f"predicted_{when}": outputs})
        if "train" in splits and "train" in log.templates:
            found = replay(model, log, splits["train"], when, activation_of)
    return found, made


def _restore(model: Any, log: ModelLog) -> bool:
    by_path = dict(zip(log.start_paths, log.start or [], strict=False))
    weights = {str(w.path): w for w in model.weights}
    if len(by_path) != len(log.start or []) or set(by_path) - set(weights):
        pairs = list(zip(model.weights, log.start or [], strict=False))
    else:
        pairs = [(weights[p], a) for p, a in by_path.items()]
    if any(tuple(w.shape) != np.shape(a) for w, a in pairs):
        return False
    for weight, value in pairs:
        weight.assign(value)
    return True


def _versions() -> dict[str, str]:
    import sys

    found = {"python": sys.version.split()[0]}
    for name in ("keras", "tensorflow", "numpy"):
        module = sys.modules.get(name)
        if module is not None:
            found[name] = str(getattr(module, "__version__", "?"))
    return found
