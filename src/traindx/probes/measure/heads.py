"""Outputs whose losses are added up: one that is heard, and one that is not."""

from __future__ import annotations

import math

import numpy as np

from traindx.facts.findings import NotApplicable
from traindx.facts.heads import heads
from traindx.facts.observation import Observation, Training
from traindx.facts.outcome import Baseline, DrownedOutput, Outcome, hurt
from traindx.facts.skill import numeric
from traindx.probes.base import probe
from traindx.probes.measure.outcome import baseline, outcome

QUIET = 1e-3


@probe
def drowned_output(training: Training, run: Observation) -> DrownedOutput | NotApplicable:
    """The output that misses most although a cheap model learns it, beside one whose loss is a thousand times as large."""
    found: list[DrownedOutput] = []
    several = [(h, weighted) for h in heads(training) if (weighted := _loss(h)) is not None]
    if len(several) < 2:
        return NotApplicable("the model has no several outputs whose losses are logged")
    loud, most = max(several, key=lambda pair: pair[1])
    y = numeric(loud.splits["train"].y[0])
    for head, weighted in several:
        if weighted >= QUIET * most:
            continue
        seen, cheap = outcome(head, run), baseline(head, run)
        if isinstance(seen, Outcome) and isinstance(cheap, Baseline) and hurt(seen, cheap) and y is not None:
            found.append(DrownedOutput(
                head.model.outputs[0].name, loud.model.outputs[0].name, weighted / most, seen.skill or 0.0, cheap.best or 0.0,
                float(np.nanstd(y)),
            ))  # fmt: skip
    return min(found, key=lambda f: f.share) if found else NotApplicable("no output is drowned by another one's loss")


def _loss(head: Training) -> float | None:
    """The last logged loss of one output, times its weight."""
    values = head.curve.epochs.get("loss", ()) if not head.curve.step_loss else ()
    weight = head.model.losses[0].weight if head.model.losses else 1.0
    return abs(values[-1]) * weight if values and math.isfinite(values[-1]) and weight > 0 else None
