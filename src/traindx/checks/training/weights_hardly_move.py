"""T304."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import HalfPrecision, UpdateRatio


@check("T304", Severity.WARNING, suggests=(Cause.LEARNING_RATE_TOO_LOW,))
def weights_hardly_move(
    update: UpdateRatio, outcome: Outcome | None, baseline: Baseline | None, half: HalfPrecision | None = None,
    *, path: float = 0.05, least_steps: int = 100, rate: float = 0.1
) -> Finding | None:  # fmt: skip
    """All steps of the run together could not have moved the kernels far.

    ## Why training fails
    The way that the weights can go is at most the sum of the steps. Where that sum is a few hundredths of the weights'
    own size, the network at the end is still the random one of the beginning.

    ## How it is measured
    Mean ratio of update to weights over the sampled steps, times the number of steps: an upper bound of the relative
    way gone. Only where the run misses what a cheap model reaches, gradients are not zero, and the learning rate lies
    below the optimizer's default: a small gradient has other causes.

    ## What to do
    Raise the learning rate by a factor of 10 until the loss gets rough, then go back one step.

    ## Thresholds
    - `path`: 5 % of the weights' norm; trainings of a small network from scratch that work go ten times as far.
    - `least_steps`: fewer steps than that are too few whatever their length.
    - `rate`: a tenth of the optimizer's default.
    """
    if not hurt(outcome, baseline) or update.steps < least_steps or update.zero_gradient > 0.5:
        return None
    if half is not None and (half.lost or 0.0) > 0.3:
        return None  # gradients-underflow explains it
    if not update.path < path or (update.rate_over_default or 1.0) > rate:
        return None
    return Finding(
        message=f"{update.steps} steps together can have moved the kernels by at most {update.path:.1%} of their size "
        f"(learning rate {update.rate:.3g})",
        strength=0.8, location=update.location,  # type: ignore[arg-type]
        evidence=(Evidence("upper bound of the relative way of the kernels", update.path, path),
                  Evidence("learning rate over the optimizer's default", update.rate_over_default, rate)),
        fix="Raise the learning rate by a factor of 10 to 100.",
    )  # fmt: skip


_SLOW = UpdateRatio(1e-5, 1e-5, 1e-5, "dense", 0.01, 1000, 1e-5, 0.01, "Adam", samples=20)
weights_hardly_move.fires_on(_SLOW, Outcome(skill=0.0), None)
weights_hardly_move.silent_on(_SLOW, Outcome(skill=0.95), None)
weights_hardly_move.silent_on(
    UpdateRatio(1e-3, 1e-3, 1e-3, "dense", 1.0, 1000, 1e-3, 1.0, "Adam", samples=20), Outcome(skill=0.0), None
)
