"""E135."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import AveragedWeights
from traindx.facts.findings import Evidence, Finding, Severity


@check("E135", Severity.ERROR, suggests=(Cause.WRONG_WEIGHTS_EVALUATED,))
def averaged_weights_lag(weights: AveragedWeights, *, left: float = 0.1, worse: float = 1.5) -> Finding | None:
    """The averaged weights that take the place of the trained ones are still near the start.

    ## Why training fails
    It does not: training went well, but when it ends the optimizer puts its moving average (`use_ema`) in the place of
    the weights. With a momentum of 0.9999 that average needs tens of thousands of steps to follow.

    ## How it is measured
    The share of the start weights in the average, momentum to the power of the steps, and the loss on training rows with
    the weights as they were left against that of the last steps, which used the weights as they were trained.

    ## What to do
    Choose the momentum so that the average spans a tenth of the run (0.99 for a thousand steps), or judge the weights
    without it.

    ## Thresholds
    - `left`: share of the start; a tenth of random weights is noise for whatever the network has learned.
    - `worse`: loss with the averaged weights over that of the last steps; dropout and weights that moved on within the
      last epoch change it less.
    """
    if weights.left <= left or not weights.averaged > worse * weights.logged > 0:
        return None
    return Finding(
        message=f"the weights left after training are averages that still hold {weights.left:.0%} of the start: loss "
        f"{weights.averaged:.3g}, where the trained weights had {weights.logged:.3g}",
        strength=0.97,
        evidence=(
            Evidence(f"share of the start after {weights.steps} steps of momentum {weights.momentum:g}", weights.left, left),
            Evidence("loss of training rows with the averaged weights", weights.averaged, worse * weights.logged),
            Evidence("loss of the last steps", weights.logged),
        ),
        location=weights.location,
        fix=f"Lower ema_momentum to about {1 - 10 / max(20, weights.steps):.3g}, or judge the weights without the average.",
    )


averaged_weights_lag.fires_on(AveragedWeights(0.9999, 200, 0.98, 0.05, 1.4))
averaged_weights_lag.silent_on(AveragedWeights(0.95, 200, 3e-5, 0.05, 0.06))
averaged_weights_lag.silent_on(AveragedWeights(0.9999, 200, 0.98, 0.05, 0.06))
