"""E201."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Outcome
from traindx.facts.training import Head, Movement


@check("E201", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH,))
def errors_grow_as_loss_falls(
    outcome: Outcome, head: Head | None, movement: Movement | None,
    *, fell: float = 0.5, worse: float = 0.5, order: float = 0.1, away: float = 100.0,
) -> Finding | NotMeasured | None:
    """The loss fell, and the predictions moved away from the targets.

    ## Why training fails
    Training lowers the loss and nothing else. Where the errors grow while it falls, its minimum lies somewhere else
    than at the targets.

    ## How it is measured
    Fall of the training loss from the first epoch to the last, against the skill of the predictions on training rows
    with the first and the last weights (1 perfect, 0 as the best constant). Outputs that are scores, not estimates (the
    side of a bet, the rank of a row), are of another scale than the targets: where their correlation with the targets
    grew, they got better. A cross-entropy that is still above that of a plain guess has fallen from too high, and says
    nothing of where it is least.

    ## What to do
    Use a loss for this kind of target: mean squared or absolute error for numbers, cross-entropy for classes.

    ## Thresholds
    - `fell`: the loss lost half of its first value: training did what the loss asks.
    - `worse`: skill lower by half of what separates a constant from perfect, and below the constant's.
    - `order`: a tenth of the targets' variance that the outputs, rescaled, explain more of than before training.
    - `away`: an error of ten times the targets' spread (100 in squares): the outputs run away, whatever they order.
    """
    if outcome.skill is None or outcome.start_skill is None or outcome.loss_fell is None:
        return NotMeasured("the loss' course or the skill with the first and last weights is missing")
    if outcome.loss_fell < fell or outcome.skill > -worse or outcome.start_skill - outcome.skill < worse:
        return None
    if head is not None and movement is not None and _too_high_still(outcome, head, movement):
        return None
    if outcome.related is not None and outcome.skill > -away and outcome.related - (outcome.start_related or 0.0) > order:
        return None
    return Finding(
        message=f"the loss fell by {outcome.loss_fell:.0%}, yet the predictions got worse: skill {outcome.start_skill:.2f} "
        f"before training, {outcome.skill:.2f} after (0 is a constant guess)",
        strength=0.97, location=head.compile_location if head is not None else None,
        evidence=(Evidence("share of the loss that training removed", outcome.loss_fell, fell),
                  Evidence("skill lost in training", outcome.start_skill - outcome.skill, worse)),
        fix="Choose a loss that is least when predictions equal targets (mse or mae for numbers).",
    )  # fmt: skip


def _too_high_still(outcome: Outcome, head: Head, movement: Movement) -> bool:
    cross_entropy = outcome.task in ("binary", "multi-class") and head.loss in ("bce", "scce", "cce")
    return cross_entropy and (movement.end_loss or 0.0) > head.plain_guess


errors_grow_as_loss_falls.fires_on(Outcome(skill=-70.0, start_skill=-0.5, loss_fell=1.0), None, None)
errors_grow_as_loss_falls.silent_on(Outcome(skill=0.9, start_skill=-0.5, loss_fell=1.0), None, None)
errors_grow_as_loss_falls.silent_on(Outcome(skill=-11.7, start_skill=-0.4, loss_fell=2.9, related=0.25, start_related=-0.03), None, None)
errors_grow_as_loss_falls.fires_on(Outcome(skill=-3e5, start_skill=-0.6, loss_fell=1214.0, related=0.3, start_related=0.0), None, None)
