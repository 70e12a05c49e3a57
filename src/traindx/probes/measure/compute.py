"""Memory, eager steps, retraces, growth, loss scale and accelerators of one training, from what was collected."""

from __future__ import annotations

import statistics

import numpy as np

from traindx.facts.compute import (
    AcceleratorUse,
    EagerSteps,
    MemoryGrowth,
    MemoryNeed,
    Resident,
    Retraces,
    ScaleUse,
)
from traindx.facts.findings import Location, NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe

MIN_READINGS = 12
PAIRS = 4000


def site(training: Training) -> Location | None:
    """Where the training was called."""
    return next((c.location for c in training.calls if c.kind in ("fit", "train_on_batch", "loop")), None)


@probe
def memory_need(training: Training, run: Observation) -> MemoryNeed | NotApplicable:
    """The allocation that failed, and the step as predicted."""
    asked = run.error.allocation if run.error is not None else None
    predicted = training.compute.memory if training.compute is not None else None
    if asked is None and predicted is None:
        return NotApplicable("no allocation failed, and the step is far smaller than the memory")
    return MemoryNeed(asked, predicted, run.exit == -1, site(training))


@probe
def eager_steps(training: Training, run: Observation) -> EagerSteps | NotMeasured | NotApplicable:
    """The step compiled against eager."""
    found = training.compute.eager if training.compute is not None else None
    if found is None:
        return NotApplicable("the steps were compiled, or all eager steps of a pass took less than a second")
    if found.compiled is None:
        return NotMeasured(f"the step cannot be compiled: {found.note}")
    return EagerSteps(found)


@probe
def retraces(training: Training, run: Observation) -> Retraces | NotApplicable:
    """Functions with several traces."""
    found = training.compute.functions if training.compute is not None else ()
    return Retraces(found) if found else NotApplicable("no tf.function of the program was traced twice")


@probe
def memory_growth(training: Training, run: Observation) -> MemoryGrowth | NotMeasured:
    """The slope of resident memory after the warm-up."""
    found = training.compute.resident if training.compute is not None else None
    if found is None:
        return NotMeasured("memory was not read")
    made = growth(found)
    if made is None:
        return NotMeasured(f"fewer than {MIN_READINGS} readings of memory after the first epoch and the first third of the steps")
    limit = training.compute.memory.limit if training.compute and training.compute.memory is not None else None
    begin, late, slope, steps = made
    return MemoryGrowth(steps, slope * steps, slope, late, begin, limit, found.holders, site(training))


def growth(found: Resident) -> tuple[int, float, float, int] | None:
    """(bytes at the beginning, late slope over the whole, bytes per step, steps) after the warm-up; None: too short."""
    samples = found.samples
    if not samples:
        return None
    after = max(samples[-1][1] / 3, found.epoch_steps or 0)
    kept = [(step, size) for _, step, size in samples if step >= after]
    if len(kept) < MIN_READINGS or kept[-1][0] == kept[0][0]:
        return None
    half = kept[len(kept) // 2 :]
    slope, late = theil_sen(kept), theil_sen(half)
    return kept[0][1], late / slope if slope > 0 else 0.0, slope, kept[-1][0] - kept[0][0]


def theil_sen(points: list[tuple[int, int]]) -> float:
    """The median slope over pairs of points (Sen 1968): single jumps do not move it."""
    rng = np.random.default_rng(0)
    x, y = (np.array(v, float) for v in zip(*points, strict=True))
    i, j = np.triu_indices(len(x), 1)
    if len(i) > PAIRS:
        chosen = rng.choice(len(i), PAIRS, replace=False)
        i, j = i[chosen], j[chosen]
    apart = x[j] != x[i]
    slopes = (y[j] - y[i])[apart] / (x[j] - x[i])[apart]
    return statistics.median(slopes.tolist()) if len(slopes) else 0.0


@probe
def scale_use(training: Training, run: Observation) -> ScaleUse | NotApplicable:
    """The dynamic loss scale."""
    found = training.compute.scale if training.compute is not None else None
    return ScaleUse(found) if found is not None else NotApplicable("the loss is not scaled")


@probe
def accelerator_use(training: Training, run: Observation) -> AcceleratorUse | NotApplicable:
    """Cards and what was done with them."""
    found = training.compute.accelerators if training.compute is not None else None
    if found is None or not (found.cards or found.visible):
        return NotApplicable("the machine shows no graphics card")
    seconds = training.curve.seconds
    if not seconds and training.compute is not None:
        seconds = (training.compute.step_seconds or 0.0) * training.curve.steps
    return AcceleratorUse(found, seconds, site(training))
