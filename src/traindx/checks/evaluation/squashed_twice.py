"""E127."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import SquashedLoss
from traindx.facts.findings import Evidence, Finding, Severity


@check("E127", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH, Cause.OUTPUT_ACTIVATION))
def squashed_twice(loss: SquashedLoss, *, near: float = 0.02, apart: float = 0.05) -> Finding | None:
    """A hand-written loss takes probabilities for logits: softmax or sigmoid is applied twice.

    ## Why training fails
    A second softmax over probabilities between 0 and 1 is nearly uniform: the loss cannot come near 0 (with k classes
    not below log(1 + (k - 1) / e)), gradients are small, and learning is slow and stops early.

    ## How it is measured
    The loss of the last tenth of the steps against the cross-entropy of the last predictions on training rows, once as
    probabilities and once as logits. It fires where it is the latter and far from the former.

    ## What to do
    Drop the activation of the last layer, or use a loss on probabilities.

    ## Thresholds
    - `near`: relative, or 2 standard errors of the last steps' mean: they differ from the sampled rows by sampling and by
      what is learned within an epoch.
    - `apart`: relative, and twice as many standard errors: else the two ways are not told apart.
    """
    if abs(loss.last - loss.squashed) > max(near * loss.squashed, 2 * loss.error):
        return None
    if abs(loss.last - loss.plain) < max(apart * loss.squashed, 4 * loss.error):
        return None
    return Finding(
        message=f"the loss of the last steps, {loss.last:.3f}, is the cross-entropy of {loss.activation} applied twice "
        f"({loss.squashed:.3f}); of the outputs as they are it is {loss.plain:.3f}",
        strength=0.95,
        evidence=(
            Evidence("loss of the last steps", loss.last, loss.squashed),
            Evidence("cross-entropy of the outputs taken for logits", loss.squashed),
            Evidence("cross-entropy of the outputs as probabilities", loss.plain),
        ),
        fix="Drop the activation of the last layer, or use a loss on probabilities.",
    )


squashed_twice.fires_on(SquashedLoss(2.55, 0.9, 2.57))
squashed_twice.silent_on(SquashedLoss(0.9, 0.9, 2.57))
squashed_twice.silent_on(SquashedLoss(0.64, 0.62, 0.65, activation="sigmoid"))
