"""The only module that knows every layer: records a run, measures, judges, ranks and proves."""

from __future__ import annotations


import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from traindx.checks.registry import all_checks
from traindx.diagnosis.rank import rank
from traindx.diagnosis.symptoms import detect
from traindx.facts.diagnosis import Diagnosis, Seconds, Unmeasured
from traindx.facts.findings import Finding, Judged, NotMeasured
from traindx.facts.observation import ErrorFacts, ModelFacts, Observation, Training
from traindx.facts.outcome import Outcome
from traindx.facts.runlog import Journal
from traindx.facts.settings import Settings
from traindx.probes.base import Bench

_LEGACY = "the program uses legacy tf_keras, which traindx cannot watch; use Keras 3 (unset TF_USE_LEGACY_KERAS)"


def judge(run: Observation, settings: Settings) -> Diagnosis:
    """Measure what the checks ask for, judge, and rank the causes. Needs no framework.

    Returns a diagnosis without trials; `seconds` holds only the program's own.
    """
    subjects = run.trainings or (Training(ModelFacts("none", "none", "none"), kind="none"),)
    judged: list[Judged] = []
    missing: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    for training in subjects:
        bench = Bench(training, run)
        found, unmeasured = _judge_one(bench, settings)
        judged += found
        missing |= unmeasured
        seen = bench.take(Outcome)
        if isinstance(seen, Outcome):
            outcomes[training.model.key] = seen
    symptoms = detect(run, outcomes)
    notes = list(run.notes) + [f"{name} ignored: {why}" for name, why in settings.ignore.items()]
    return Diagnosis(
        program=run.program, exit=run.exit, symptoms=symptoms, findings=rank(judged, symptoms),
        not_measured=tuple(Unmeasured(k, v) for k, v in sorted(missing.items())), notes=tuple(notes),
        seconds=Seconds(program=run.seconds),
    )  # fmt: skip


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
            answer = NotMeasured(f"the check failed: {type(fault).__name__}: {fault}")
        if isinstance(answer, Finding):
            found.append(Judged(check.name, check.code, check.severity, check.suggests, answer))
        elif isinstance(answer, NotMeasured):
            missing[check.name] = answer.why
    return found, missing


@dataclass
class Watch:
    """One program under watch: its recorder, its journal, and how to let go."""

    program: str
    recorder: Any
    journal: Journal
    undo: list[Callable[[], None]]

    def finish(self, settings: Settings, *, exit: int, error: ErrorFacts | None, seconds: float) -> Diagnosis:
        """Replay, measure, judge and write the run log. Faults become notes."""
        began = time.perf_counter()
        for undo in reversed(self.undo):
            undo()
        from traindx.probes.observe import observe

        run = observe(self.recorder, self.program, exit=exit, error=error, seconds=seconds)
        diagnosis = judge(run, settings)
        try:
            self.journal.observation(run)
        except (OSError, ValueError, TypeError) as fault:
            diagnosis = replace(diagnosis, notes=(*diagnosis.notes, f"the run log could not be written: {fault}"))
        spent = self.recorder.own_seconds + time.perf_counter() - began
        diagnosis = replace(diagnosis, run=str(self.journal.folder), seconds=Seconds(seconds, round(spent, 3), 0.0))
        self.journal.append("diagnosis", diagnosis)
        self.journal.close()
        return diagnosis


def watch(program: str, folder: Path) -> Watch:
    """Begin to watch this process; Keras is patched once the program itself has imported it."""
    from traindx.probes import importhook
    from traindx.probes.attach import attach_keras, attach_sklearn
    from traindx.probes.recorder import Recorder

    journal = Journal(folder, program)
    recorder = Recorder(journal)
    undo: list[Callable[[], None]] = []

    def keras_came(keras: ModuleType) -> None:
        backend = keras.config.backend()
        if backend != "tensorflow":
            recorder.notes.append(f"the Keras backend is {backend}; traindx watches the tensorflow backend only")
            return
        undo.append(attach_keras(keras, recorder).restore)

    hooks: dict[str, Callable[[ModuleType], Any]] = {
        "keras": lambda module: recorder.guard(keras_came, module),
        "sklearn.metrics": lambda module: undo.append(attach_sklearn(module, recorder).restore),
        "tf_keras": lambda module: recorder.notes.append(_LEGACY),
    }
    undo.append(importhook.install(hooks))
    return Watch(program, recorder, journal, undo)
