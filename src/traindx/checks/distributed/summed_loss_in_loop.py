"""W101."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import LoopLoss, StepSize


@check("W101", Severity.ERROR, suggests=(Cause.LOSS_SCALING,))
def summed_loss_in_loop(
    loss: LoopLoss, step: StepSize | None, outcome: Outcome | None, baseline: Baseline | None, *, near: float = 0.3
) -> Finding | None:
    """A custom loop sums the loss over the rows of a batch instead of averaging it.

    ## Why training fails
    The gradient is then as many times too large as the (global) batch has rows: every step is too long by that factor,
    and the more workers or the larger the batch, the longer.

    ## How it is measured
    The loss that the loop reported at its first step, over the mean per row of the same loss with the same weights.

    ## What to do
    Divide by the global batch size: `tf.nn.compute_average_loss(losses, global_batch_size=...)`, or `reduce_mean`.

    ## Thresholds
    - `near`: the ratio equals the batch size within 30 %; rows of one batch differ from the mean by less.
    """
    if loss.batch < 4 or not (1 - near) * loss.batch / 2 <= loss.ratio <= (1 + near) * loss.batch * 8:
        return None
    if loss.ratio < 4 or not hurt(outcome, baseline):
        return None
    return Finding(
        message=f"the loop's loss is {loss.ratio:.0f} times the mean loss per row at batches of {loss.batch} rows: it is a "
        "sum, so every step is that many times too long",
        strength=0.9, location=loss.location, evidence=(Evidence("reported over mean loss", loss.ratio, 1.0),),
        fix="Average: tf.nn.compute_average_loss(losses, global_batch_size=...), or tf.reduce_mean.",
    )  # fmt: skip


summed_loss_in_loop.fires_on(LoopLoss(64.2, 64), None, Outcome(skill=0.0), None)
summed_loss_in_loop.silent_on(LoopLoss(1.02, 64), None, Outcome(skill=0.0), None)
