"""T101."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Progress, StepSize


@check("T101", Severity.ERROR, suggests=(Cause.LEARNING_RATE_TOO_HIGH, Cause.UNSCALED_TARGETS))
def step_too_long(
    step: StepSize, progress: Progress | None, outcome: Outcome | None, baseline: Baseline | None,
    *, rise: float = 0.5, shorter: float = 0.1, learned: float = 0.1, usual: float = 0.01
) -> Finding | None:  # fmt: skip
    """One step of the optimizer overshoots: it raises the loss of the very rows it was computed on.

    ## Why training fails
    A gradient step lowers the loss only up to a length of about two over the curvature (Nesterov 2004); beyond it the
    loss rises, and step after step the weights are thrown further away.

    ## How it is measured
    With the first weights, one batch of training rows: the loss after one step of the program's own rule (sign of the
    gradient for Adam and its kin, gradient over 1 - momentum for SGD) at its learning rate and at that rate times
    1/1000 to 1000. Only where the run misses what a cheap model reaches, or its numbers overflowed. Where plain gradient
    descent overshoots at a usual rate, and with standardised targets the same step lowers the loss, the targets' scale
    makes the step long: through several layers the gradients of a squared error grow with the targets.

    ## What to do
    Divide the learning rate by the factor shown, or standardise the targets where these are named first.

    ## Thresholds
    - `usual`: the rate of Keras' SGD where none is given.
    - `learned`: skill below which nothing was learned, where no cheap model tells what could be.
    - `rise`: one step raises the loss by half or more. Warm-up apart, trainings that work lower it at their first step.
    - `shorter`: a step of a tenth (or less) of the length lowers the loss instead: the direction is right, the length not.
    """
    if step.best_start is None or step.rise_start is None:
        return None
    if step.rate is not None and step.rate < 0:
        return _negative(step)
    late = step.rise_end is not None and step.rise_end > rise and step.best_end is not None and step.best_end <= shorter
    early = step.rise_start > rise and step.best_start <= shorter
    blind = outcome is not None and outcome.skill is not None and outcome.skill < learned
    if not early or not (hurt(outcome, baseline, 0.1) or blind):
        return None
    strength = 0.75 + 0.1 * late + (0.1 if step.best_start <= shorter / 10 else 0.0)
    rate = f" {step.rate:g}" if step.rate is not None else ""
    scaled = step.rise_scaled is not None and step.rise_scaled <= 0 and step.rate is not None and step.rate <= usual
    return Finding(
        message=f"one {step.optimizer} step at the learning rate{rate} multiplies the loss by {1 + step.rise_start:.3g}; "
        + ("with standardised targets it lowers it" if scaled else f"at {step.best_start:g} times that rate it falls"),
        strength=min(0.95, strength), location=step.location,
        suggests=(Cause.UNSCALED_TARGETS, Cause.LEARNING_RATE_TOO_HIGH) if scaled else (Cause.LEARNING_RATE_TOO_HIGH,),
        evidence=(Evidence("relative rise of the loss after one step", step.rise_start, rise),
                  Evidence("best factor on the learning rate", step.best_start, shorter)),
        fix="Standardise the targets with the training rows' mean and standard deviation." if scaled else _lower(step),
    )  # fmt: skip


def _lower(step: StepSize) -> str:
    return f"Lower the learning rate to about {step.rate * (step.best_start or 0.1):.1g}." if step.rate else "Lower the learning rate."


def _negative(step: StepSize) -> Finding:
    return Finding(
        message=f"the learning rate is negative ({step.rate:g}): every step climbs the loss", strength=0.97,
        evidence=(Evidence("learning rate", step.rate, 0.0),), location=step.location,
        fix="Use a positive learning rate, such as 0.001 for Adam.", suggests=(Cause.LEARNING_RATE_TOO_HIGH,),
    )  # fmt: skip


step_too_long.fires_on(StepSize(0.1, "SGD", 0.001, 0.01, 40.0, 3.0), None, Outcome(non_finite=True), None)
step_too_long.silent_on(StepSize(0.001, "Adam", 10.0, 1.0, -0.1, 0.1), None, Outcome(skill=0.0), None)
step_too_long.silent_on(StepSize(0.1, "SGD", 0.001, 0.01, 40.0, 3.0), None, Outcome(skill=0.95), None)
