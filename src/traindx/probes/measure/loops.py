"""Waiting for data, and what custom loops show."""

from __future__ import annotations

import math

import numpy as np

from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.facts.training import BareLoop, LoopLoss, Waiting
from traindx.probes.base import probe


@probe
def waiting(training: Training, run: Observation) -> Waiting | NotMeasured:
    """Seconds per step spent in the data iterator, and in all, over the last half of the steps."""
    curve, facts = training.curve, training.compute
    step, wait = (facts.step_seconds, facts.wait_seconds) if facts is not None else (None, None)
    if (step is None or wait is None) and curve.steps and curve.seconds and curve.data_seconds:
        step, wait = curve.seconds / curve.steps, curve.data_seconds / curve.steps
    if curve.steps < 20 or step is None or wait is None:
        return NotMeasured("the wait for data was not seen, or there were fewer than 20 steps")
    train = training.splits.get("train")
    call = next((c for c in training.calls if c.kind in ("fit", "loop")), None)
    source = "tf.data" if facts is not None and facts.pipeline is not None else train.source if train is not None else "?"
    return Waiting(
        wait, step, curve.steps, source, call.location if call is not None else None,
        facts.pipeline if facts is not None else None,
    )  # fmt: skip


@probe
def loop_loss(training: Training, run: Observation) -> LoopLoss | NotMeasured | NotApplicable:
    """First losses that a loop reported over the mean loss per row with the first weights."""
    if training.kind != "loop":
        return NotApplicable("training did not run in a loop of the program's own")
    start, losses, batch = training.start, training.curve.step_loss, training.curve.batch_size
    if start is None or start.loss is None or not losses or not batch or not start.loss > 0:
        return NotMeasured("the loop's loss could not be replayed with the first weights")
    first = float(np.mean([v for _, v in losses[:1]]))
    if not math.isfinite(first):
        return NotMeasured("the first loss is not finite")
    return LoopLoss(first / start.loss, batch, training.calls[0].location if training.calls else None)


@probe
def bare_loop(training: Training, run: Observation) -> BareLoop | NotApplicable:
    """The longest loop that trained plain variables."""
    if not run.loops:
        return NotApplicable("no loop over plain variables was seen")
    loop = max(run.loops, key=lambda x: x.steps)
    finite = [v for _, v in loop.losses if math.isfinite(v)]
    first, last = (finite[0], finite[-1]) if finite else (None, None)
    grew = first is not None and last is not None and last > 10 * abs(first) + 1e-12
    later = finite[len(finite) // 2 :]
    return BareLoop(
        loop.steps, loop.dtypes, loop.first_bad_step, first, last, loop.location, grew,
        max(finite, default=None), min(finite, default=None), float(np.median(later)) if later else None,
    )  # fmt: skip
