"""T111."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Progress, StepSize

STATELESS = {"SGD"}


@check("T111", Severity.WARNING, suggests=(Cause.OPTIMIZER_UNSUITED, Cause.LEARNING_RATE_TOO_LOW))
def optimizer_made_anew(
    progress: Progress, step: StepSize | None, outcome: Outcome | None, baseline: Baseline | None,
    *, share: float = 0.5, least: int = 20
) -> Finding | None:  # fmt: skip
    """The training loop makes a new optimizer for nearly every step.

    ## Why training fails
    Adam, RMSprop, Adagrad and momentum work by what they remember of earlier gradients. An optimizer made inside the
    loop begins each step with nothing: Adam's step becomes the sign of one gradient, Adagrad's is damped by its start
    value, momentum never builds up, and a schedule stays at its first rate.

    ## How it is measured
    Optimizer objects that updated the model over its training steps, and whether the network misses on its training
    rows what a cheap model reaches.

    ## What to do
    Make the optimizer once, before the loop.

    ## Thresholds
    - `share`: optimizers per step; `least`: steps. Honest programs take turns between two or three (GAN), not hundreds.
    """
    if progress.optimizers < max(least * share, share * progress.steps) or not hurt(outcome, baseline, 0.1):
        return None
    kind = step.optimizer if step is not None else "optimizer"
    return Finding(
        message=f"{progress.optimizers} {kind} optimizers were made for {progress.steps} steps: each forgets what the one before learned",
        strength=0.6 if kind in STATELESS else 0.9, location=(step.location if step is not None else None) or progress.fit_location,
        evidence=(Evidence("optimizers per step", progress.optimizers / max(1, progress.steps), share),),
        fix="Make the optimizer once, before the loop.",
    )  # fmt: skip


optimizer_made_anew.fires_on(Progress(0, 220, optimizers=220), None, Outcome(skill=0.1), None)
optimizer_made_anew.silent_on(Progress(0, 220, optimizers=2), None, Outcome(skill=0.1), None)
