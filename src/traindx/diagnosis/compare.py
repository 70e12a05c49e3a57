"""Two runs side by side: what differs in program, data and dynamics, and the first step at which they part."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from traindx.diagnosis.differences.data import data_differences
from traindx.diagnosis.differences.dynamics import dynamics_differences
from traindx.diagnosis.differences.parting import courses, part
from traindx.diagnosis.differences.program import call_differences, model_differences, version_differences
from traindx.facts.comparison import Comparison, Difference, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from traindx.facts.observation import Observation, Training


def compare(good: Observation, bad: Observation, names: tuple[str, str] | None = None) -> Comparison:
    """Compare two recorded runs; trainings are matched by their order. `names` defaults to the programs' names."""
    called = names or (good.program, bad.program)
    pairs = list(zip(good.trainings, bad.trainings, strict=False))
    found = list(_run_differences(good, bad))
    for place, (a, b) in enumerate(pairs, 1):
        prefix = f"training {place}: " if len(pairs) > 1 else ""
        found += [_prefixed(prefix, d) for d in _training_differences(a, b)]
    order = list(Part)
    found.sort(key=lambda d: order.index(d.part))
    partings = (part(a.curve, b.curve) for a, b in pairs)
    first = next((p for p in partings if p is not None), None)
    drawn = tuple(c for a, b in pairs[:1] for c in courses(a.curve, b.curve))
    return Comparison(*called, tuple(found), first, drawn, _notes(good, bad))


def _training_differences(good: Training, bad: Training) -> Iterator[Difference]:
    yield from model_differences(good.model, bad.model)
    yield from call_differences(good.calls, bad.calls)
    yield from data_differences(good.splits, bad.splits)
    yield from dynamics_differences(good, bad)


def _run_differences(good: Observation, bad: Observation) -> Iterator[Difference]:
    yield from version_differences(good.versions, bad.versions)
    if len(good.trainings) != len(bad.trainings):
        yield Difference(Part.PROGRAM, "number of trainings", len(good.trainings), len(bad.trainings))
    if good.exit != bad.exit:
        yield Difference(Part.DYNAMICS, "exit status", good.exit, bad.exit)
    was, now = (f"{run.error.type}: {run.error.message}" if run.error else None for run in (good, bad))
    if was != now:
        yield Difference(Part.DYNAMICS, "exception", was, now, bad.error.location if bad.error else None)
    for a, b in zip_longest(good.loops, bad.loops):
        was, now = (loop.steps if loop else None for loop in (a, b))
        if was != now:
            yield Difference(Part.PROGRAM, "steps of a training loop", was, now, b.location if b else None)


def _prefixed(prefix: str, difference: Difference) -> Difference:
    d = difference
    return Difference(d.part, prefix + d.what, d.good, d.bad, d.location)


def _notes(good: Observation, bad: Observation) -> tuple[str, ...]:
    names = ("good", "bad")
    return tuple(
        f"The {name} run recorded no training."
        for name, run in zip(names, (good, bad), strict=True)
        if not run.trainings
    )
