"""T108."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Outcome
from traindx.facts.training import Head, Movement, Progress, StepSize


@check("T108", Severity.ERROR, suggests=(Cause.NUMERICAL_OVERFLOW, Cause.LEARNING_RATE_TOO_HIGH, Cause.EXPLODING_GRADIENTS))
def numbers_overflow(
    progress: Progress, head: Head | None, movement: Movement | None, step: StepSize | None, outcome: Outcome | None,
    *, growth: float = 10.0
) -> Finding | None:  # fmt: skip
    """The loss became NaN or infinite during the training.

    ## Why training fails
    One value that is not finite spreads through the gradients to every weight in one step; nothing is learned from
    then on.

    ## How it is measured
    Loss per step: the first that is not finite, and the losses before it. A loss that grew tenfold before means steps
    that were too long. A loss that was low and falling before it means a logarithm of 0, a division by 0 or an
    exponential inside a loss of the program's own.

    ## What to do
    Growing losses: a lower learning rate, clipped gradients (clipnorm=1), scaled inputs and targets. A sudden NaN: use
    the built-in loss on logits (`from_logits=True`), which is computed safely, or clip before the logarithm.

    ## Thresholds
    - `growth`: tenfold above the first loss before the first value that is not finite.
    """
    if outcome is None or not outcome.non_finite:
        return None
    custom = head is not None and head.loss == "custom"
    first, best = progress.first_loss, progress.best_loss
    steep = step is not None and step.rise_start is not None and step.rise_start > 0.5 and (step.best_start or 1) < 1
    calm = first is not None and best is not None and best < 0.9 * first and not steep
    if custom and (calm or not steep):
        causes: tuple[Cause, ...] = (Cause.NUMERICAL_OVERFLOW,)
    elif steep:
        causes = (Cause.LEARNING_RATE_TOO_HIGH, Cause.EXPLODING_GRADIENTS)
    else:
        causes = (Cause.EXPLODING_GRADIENTS, Cause.NUMERICAL_OVERFLOW)
    where = f" at step {progress.first_bad_step}" if progress.first_bad_step is not None else ""
    return Finding(
        message=f"the loss stopped being finite{where}" + (f"; it had fallen from {first:.3g} to {best:.3g} before" if calm else ""),
        strength=0.6 if custom or steep else 0.45, step=progress.first_bad_step, suggests=causes,
        evidence=(Evidence("first step with a loss that is not finite", progress.first_bad_step),),
        fix="Compute the loss from logits with a built-in loss (from_logits=True), or clip before log and division."
        if causes[0] == Cause.NUMERICAL_OVERFLOW else "Lower the learning rate and clip gradients (clipnorm=1.0).",
    )  # fmt: skip


numbers_overflow.fires_on(Progress(3, 90, 2.0, 0.1, 0.1, first_bad_step=50), None, None, None, Outcome(non_finite=True))
numbers_overflow.silent_on(Progress(3, 90, 2.0, 0.1, 0.1), None, None, None, Outcome(skill=0.9))
