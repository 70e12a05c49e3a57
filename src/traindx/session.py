"""The only module that knows every layer: records a run, measures, judges, ranks and proves."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from traindx.checks.registry import all_checks
from traindx.diagnosis.rank import rank
from traindx.diagnosis.symptoms import detect
from traindx.facts.diagnosis import Diagnosis, Seconds, Unmeasured
from traindx.facts.faults import said
from traindx.facts.findings import Finding, Judged, NotMeasured
from traindx.facts.heads import alone, heads
from traindx.facts.observation import ErrorFacts, ModelFacts, Observation, Training
from traindx.facts.outcome import Baseline, Outcome, Targets, hurt
from traindx.facts.runlog import Journal
from traindx.facts.settings import Settings
from traindx.facts.skill import threshold
from traindx.facts.started import Started
from traindx.probes.base import Bench
from traindx.probes.measure.data_threads import one_thread

_LEGACY = "the program uses legacy tf_keras, which traindx cannot watch; use Keras 3 (unset TF_USE_LEGACY_KERAS)"
_TRAINS = {"fit", "train_on_batch", "loop"}


def judge(run: Observation, settings: Settings) -> Diagnosis:
    """Measure what the checks ask for, judge, and rank the causes. Needs no framework.

    Returns a diagnosis without trials; `seconds` holds only the program's own.
    """
    subjects = run.trainings or (Training(ModelFacts("none", "none", "none"), kind="none"),)
    judged: list[Judged] = []
    missing: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    with warnings.catch_warnings(), one_thread():
        warnings.simplefilter("ignore")  # NumPy's, on odd data: nothing that a user could mend
        for training in subjects:
            bench = Bench(training, run)
            found, unmeasured = _judge_one(bench, settings)
            judged += found + _judge_other_heads(training, run, found, settings)
            missing |= unmeasured
            seen = bench.take(Outcome)
            if isinstance(seen, Outcome):
                outcomes[training.model.key] = seen
    symptoms = detect(run, outcomes)
    notes = list(run.notes) + [f"{name} ignored: {why}" for name, why in settings.ignore.items()]
    trained = _trained(run)
    if not trained and run.error is None:
        notes.append(_nothing_trained(run))
    return Diagnosis(
        program=run.program, exit=run.exit, symptoms=symptoms, findings=rank(judged, symptoms),
        not_measured=tuple(Unmeasured(k, v) for k, v in sorted(missing.items())), notes=tuple(notes),
        seconds=Seconds(program=run.seconds), trained=trained,
    )  # fmt: skip


def _trained(run: Observation) -> bool:
    """Whether there was anything to judge: a training, a loop without a model, or splits handed over by themselves."""
    return bool(run.loops) or any(
        t.kind == "data" or t.curve.steps or t.curve.epochs or any(c.kind in _TRAINS for c in t.calls) for t in run.trainings
    )


def _nothing_trained(run: Observation) -> str:
    used = sorted({c.kind for t in run.trainings for c in t.calls})
    if used:
        return f"no training was seen: models were only used ({', '.join(used)})"
    if "keras" not in run.versions:
        return "no training was seen: the program did not import Keras 3 in this process"
    return "no training was seen: the program trained no Keras model in this process"


def _judge_one(bench: Bench, settings: Settings) -> tuple[list[Judged], dict[str, str]]:
    found: list[Judged] = []
    missing: dict[str, str] = {}
    for check in all_checks():
        if settings.select and not {check.name, check.code} & set(settings.select):
            continue
        if {check.name, check.code} & set(settings.ignore):
            continue
        chosen = settings.thresholds.get(check.name) or settings.thresholds.get(check.code)
        try:
            answer = check.judge(bench.take, chosen)
        except Exception as fault:  # noqa: BLE001 - one check's fault must not cost the others
            answer = NotMeasured(f"the check failed: {said(fault)}")
        if isinstance(answer, Finding):
            found.append(Judged(check.name, check.code, check.severity, check.suggests, answer))
        elif isinstance(answer, NotMeasured):
            missing[check.name] = answer.why
    return found, missing


def _judge_other_heads(training: Training, run: Observation, found: list[Judged], settings: Settings) -> list[Judged]:
    """What is wrong with outputs after the first, which the training as a whole is judged by: with those that miss half of
    what a cheap model reaches. An output that only helps another one may be weaker."""
    more: list[Judged] = []
    for head in heads(training)[1:]:
        bench = Bench(head, alone(run))
        outcome, baseline = bench.take(Outcome), bench.take(Baseline)
        if not isinstance(outcome, Outcome) or not hurt(outcome, baseline if isinstance(baseline, Baseline) else None, 0.5):
            continue
        known = {(j.check, j.finding.message) for j in (*found, *more)}
        for each in _judge_one(bench, settings)[0]:
            if (each.check, each.finding.message) not in known:
                message = f"output {head.model.outputs[0].name}: {each.finding.message}"
                more.append(replace(each, finding=replace(each.finding, message=message)))
    return more


@dataclass
class Watch:
    """One program under watch: its recorder, its journal, and how to let go."""

    program: str
    recorder: Any
    journal: Journal
    undo: list[Callable[[], None]]
    started: Started | None = None

    def when_hung(self, timeout: float, settings: Settings, told: Callable[[Diagnosis], Any]) -> None:
        """Write a report, once, when nothing of the program was seen for `timeout` seconds; the program goes on."""
        began = time.monotonic()

        def hung() -> None:
            from traindx.probes.observe import at_a_glance

            run = at_a_glance(self.recorder, self.program, time.monotonic() - began)
            self.journal.observation(run)
            diagnosis = replace(judge(run, settings), run=str(self.journal.folder))
            self.journal.append("diagnosis", diagnosis)
            told(diagnosis)

        self.recorder.watchdog.timeout, self.recorder.watchdog.hung = timeout, hung

    def finish(
        self, settings: Settings, *, exit: int, error: ErrorFacts | None, seconds: float,
        progress: Callable[[str, float], None] | None = None,
    ) -> Diagnosis:  # fmt: skip
        """Replay, measure, judge, prove and write the run log. Faults become notes.

        `progress` is told what is being tried and which share of the budget is spent.
        """
        began = time.perf_counter()
        for undo in reversed(self.undo):
            undo()
        from traindx.probes.observe import observe

        alone = self.recorder.own.place is None  # trials of one worker would wait for the others
        able = bool(self.recorder.logs) or (error is not None and self.started is not None)
        early = self.recorder.guard(_launch, self.journal.folder) if settings.budget > 0 and able and alone else None
        run = observe(self.recorder, self.program, exit=exit, error=error, seconds=seconds)
        notes: list[str] = []
        trials = None
        try:
            self.journal.observation(run)
            trials = _Trials.begin(self.recorder, run, early) if early is not None else None
        except (OSError, ValueError, TypeError) as fault:
            notes.append(f"the run log could not be written: {fault}")
        try:
            diagnosis = judge(run, settings)
            spent = self.recorder.own_seconds + time.perf_counter() - began
            diagnosis = replace(diagnosis, run=str(self.journal.folder), seconds=Seconds(seconds, round(spent, 3), 0.0))
            if early is not None:
                diagnosis = self.recorder.guard(_prove, early, trials, diagnosis, run, settings, progress, self.started) or diagnosis
        finally:
            if early is not None:
                early.close()
        notes += [n for n in self.recorder.notes if n not in diagnosis.notes]
        try:
            self.journal.append("diagnosis", replace(diagnosis, notes=(*diagnosis.notes, *notes)))
            self.journal.close()
        except (OSError, ValueError, TypeError) as fault:
            notes.append(f"the diagnosis could not be written to the run log: {fault}")
        return replace(diagnosis, notes=(*diagnosis.notes, *notes))


def _launch(folder: Path) -> Any:
    """The trial process: it imports the framework while this one observes and judges."""
    from traindx.trials.prove import launch

    return launch(folder)


@dataclass
class _Trials:
    """The trials of one run: an exported training and the child process that re-trains it."""

    child: Any
    key: str

    @classmethod
    def begin(cls, recorder: Any, run: Observation, child: Any) -> _Trials | None:
        """Export the main training and let the child load it; None, and a note, where that cannot be."""
        from traindx.probes.export import CannotExport, export_main

        try:
            key = export_main(recorder, run, child.folder)
            child.load()
            return cls(child, key)
        except CannotExport as why:
            recorder.notes.append(f"no trials: {why}")
        except Exception as fault:  # noqa: BLE001 - the report must come out without trials
            recorder.notes.append(f"no trials: {said(fault)}")
        return None


def _prove(
    child: Any, trials: _Trials | None, diagnosis: Diagnosis, run: Observation, settings: Settings, progress: Any,
    started: Started | None,
) -> Diagnosis:  # fmt: skip
    """The diagnosis after trials: of the training that was exported, and of the program where it can be started again."""
    from traindx.trials.again.conduct import Task
    from traindx.trials.prove import prove

    training = next((t for t in run.trainings if trials is not None and t.model.key == trials.key), None)
    if training is None and started is None:
        return diagnosis
    main = training or next(iter(run.trainings), None)
    facts, model = _facts(main, run), main.model if main is not None else None
    task = None
    if started is not None:
        cut, heads = (threshold(model), model.outputs) if model is not None else (0.5, ())
        task = Task(started, run.error, run.seconds, facts["task"] or "unknown", cut, heads[0].units if heads else None)
    return prove(diagnosis, child, facts, settings.budget, progress, training, task, exported=trials is not None)


def _facts(training: Training | None, run: Observation) -> dict[str, Any]:
    """What trials need to know of a training beside its data."""
    bench = Bench(training, run) if training is not None else None
    outcome, targets, baseline = (bench.take(kind) if bench is not None else None for kind in (Outcome, Targets, Baseline))
    return {
        "task": getattr(targets, "task", None), "kind": getattr(targets, "kind", None),
        "baseline": getattr(baseline, "best", None), "skill": getattr(outcome, "skill", None),
        "held_skill": getattr(outcome, "validation_skill", None),
    }  # fmt: skip


def watch(program: str, folder: Path, started: Started | None = None) -> Watch:
    """Begin to watch this process; Keras is patched once the program itself has imported it.

    `started`: how the program can be started again, for trials that change its source; None where it cannot.
    """
    from traindx.probes import importhook
    from traindx.probes.attach import attach_keras, attach_loops, attach_sklearn, attach_tensorflow, attach_workers
    from traindx.probes.recorder import Recorder

    journal = Journal(folder, program)
    recorder = Recorder(journal)
    recorder.pulse()
    undo: list[Callable[[], None]] = [recorder.watchdog.stop]

    def keras_came(keras: ModuleType) -> None:
        backend = keras.config.backend()
        if backend != "tensorflow":
            recorder.notes.append(f"the Keras backend is {backend}; traindx watches the tensorflow backend only")
            return
        undo.append(attach_keras(keras, recorder).restore)
        undo.append(attach_loops(keras, recorder, recorder.loops).restore)
        undo.append(attach_workers(keras, recorder, recorder.ledger).restore)

    def tensorflow_came(tensorflow: ModuleType) -> None:
        undo.append(attach_tensorflow(tensorflow, recorder, recorder.loops).restore)

    def sklearn_came(metrics: ModuleType) -> None:
        undo.append(attach_sklearn(metrics, recorder).restore)

    hooks: dict[str, Callable[[ModuleType], Any]] = {
        "keras": lambda module: recorder.guard(keras_came, module),
        "tensorflow": lambda module: recorder.guard(tensorflow_came, module),
        "sklearn.metrics": lambda module: recorder.guard(sklearn_came, module),
        "tf_keras": lambda module: recorder.notes.append(_LEGACY),
    }
    undo.append(importhook.install(hooks))
    return Watch(program, recorder, journal, undo, started)
