"""Runs a small program under watch in this process and judges it."""

from __future__ import annotations

from collections.abc import Callable

from traindx.facts.causes import Cause
from traindx.facts.findings import Finding, Judged, Severity
from traindx.facts.observation import Observation


def watched(program: Callable[[], object]) -> Observation:
    """What is seen of `program`, a function that uses Keras."""
    import keras

    from traindx.probes.attach import attach_keras
    from traindx.probes.observe import observe
    from traindx.probes.recorder import Recorder

    recorder = Recorder(None)
    patches = attach_keras(keras, recorder)
    try:
        program()
    finally:
        patches.restore()
    return observe(recorder, "test", exit=0, error=None, seconds=1.0)


def findings(run: Observation) -> list[Judged]:
    """The alarms of the evaluation checks."""
    from traindx.checks.registry import all_checks
    from traindx.probes.base import Bench

    found: list[Judged] = []
    for training in run.trainings:
        bench = Bench(training, run)
        for check in all_checks():
            answer = check.judge(bench.take) if check.code.startswith("E") else None
            if isinstance(answer, Finding) and (answer.severity or check.severity) != Severity.NOTE:
                found.append(Judged(check.name, check.code, check.severity, check.suggests, answer))
    return found


def causes(run: Observation) -> list[Cause]:
    """The first cause of each alarm, the strongest first."""
    ordered = sorted(findings(run), key=lambda j: -j.finding.strength)
    return [(j.finding.suggests or j.causes)[0] for j in ordered]
