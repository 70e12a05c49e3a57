"""E140."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import LeastLoss
from traindx.facts.findings import Evidence, Finding, Severity


@check("E140", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH,))
def loss_without_floor(loss: LeastLoss, *, floor: float = -30.0, error: float = 1.0, far: float = 10.0) -> Finding | None:
    """The loss falls below zero without end, and no output comes near the targets.

    ## Why training fails
    A sign or a factor is wrong (`exp(log_var)` for `exp(-log_var)`, a bonus in place of a penalty), so the loss is least
    at infinity. The optimizer follows it there and leaves the targets behind.

    ## How it is measured
    The last training loss, which was never lower; the squared error of the best of the outputs on training rows, over the
    variance of the targets; and the largest output over the largest target. The likelihood of a count falls far below zero
    too, but its outputs are logarithms, smaller than the counts.

    ## What to do
    Compute the loss by hand for larger and larger outputs: it must rise in the end.

    ## Thresholds
    - `floor`: per row of one number. A likelihood in nats cannot honestly be lower: float32 tells numbers apart to 1e-7 of
      their size, a density of e ** 16, and units of the target may give as much again.
    - `error`: 1 is that of a constant.
    - `far`: outputs ten times as large as any target are on their way out.
    """
    if loss.last > floor or not loss.falls or loss.error < error or loss.reach < far:
        return None
    return Finding(
        message=f"the loss fell to {loss.last:.3g} and goes on falling, while no output is nearer to the targets than a constant: "
        "it has no least value",
        strength=0.93,
        evidence=(
            Evidence("last training loss", loss.last, floor),
            Evidence("squared error of the best output over the targets' variance", loss.error, error),
        ),
        location=loss.location,
        fix="Look for a wrong sign in the loss: it must rise again for outputs that are too large.",
    )


loss_without_floor.fires_on(LeastLoss(-2.4e5, True, 7.9e6, 4e5))
loss_without_floor.silent_on(LeastLoss(-3.1, True, 0.1, 1.0))
loss_without_floor.silent_on(LeastLoss(-250.0, False, 4.0, 40.0))
loss_without_floor.silent_on(LeastLoss(-80.0, True, 0.2, 1.0))
loss_without_floor.silent_on(LeastLoss(-41.8, True, 1.2, 0.1))
