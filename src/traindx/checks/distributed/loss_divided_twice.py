"""W102."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import LoopLoss


@check("W102", Severity.ERROR, suggests=(Cause.LOSS_SCALING,))
def loss_divided_twice(
    loss: LoopLoss, outcome: Outcome | None, baseline: Baseline | None, *, near: float = 0.35, most: int = 8
) -> Finding | None:
    """A custom loop divides a mean loss by the batch size once more.

    ## Why training fails
    The gradient is then as many times too small as the (global) batch has rows: with a plain optimizer the weights
    hardly move.

    ## How it is measured
    The loss that the loop reported at its first step, over the mean per row of the same loss with the same weights. It
    must be one over the batch size, times the number of replicas whose losses are added up.

    ## What to do
    Divide once: tf.nn.compute_average_loss(losses, global_batch_size=...) on losses per row, or a plain mean.

    ## Thresholds
    - `near`: rows of one batch differ from the mean by up to a third.
    - `most`: replicas on one machine whose losses may be added up.
    """
    times = loss.ratio * loss.batch
    if loss.batch < 8 or loss.ratio > 0.25 or not 1 - near <= times <= (1 + near) * most:
        return None
    if not hurt(outcome, baseline):
        return None
    return Finding(
        f"the loop's loss is {loss.ratio:.3g} of the mean loss per row at batches of {loss.batch} rows: a mean is divided by the "
        "batch size once more, so every step is that many times too short",
        0.9, (Evidence("reported over mean loss", loss.ratio, 1.0), Evidence("rows of a global batch", loss.batch)), loss.location,
        fix="Divide once: tf.nn.compute_average_loss(losses, global_batch_size=...) on losses per row, or a plain mean.",
    )  # fmt: skip


loss_divided_twice.fires_on(LoopLoss(0.031, 64), Outcome(skill=0.1), None)
loss_divided_twice.silent_on(LoopLoss(1.0, 64), Outcome(skill=0.1), None)
loss_divided_twice.silent_on(LoopLoss(0.031, 64), Outcome(skill=0.9), None)
