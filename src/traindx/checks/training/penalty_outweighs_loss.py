"""T107."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Head, Movement, Structure


@check("T107", Severity.WARNING, suggests=(Cause.REGULARIZATION_TOO_STRONG,))
def penalty_outweighs_loss(
    movement: Movement, structure: Structure | None, head: Head | None, outcome: Outcome | None, baseline: Baseline | None,
    *, penalty: float = 0.3, dropout: float = 0.7, mostly: float = 0.9, kept: float = 0.1, folds: float = 3.0
) -> Finding | NotMeasured | None:  # fmt: skip
    """Regularisation holds the weights down so hard that the network cannot fit its training rows.

    ## Why training fails
    The penalty on the weights is part of the loss. Where it outweighs the errors, small weights are worth more than
    right answers, and the predictions collapse to a constant. Dropout of most units does the same.

    ## How it is measured
    Share of the training loss, with the last weights, that is penalty; greatest dropout rate; and whether the network
    misses on its own training rows what a cheap model reaches. A penalty strong enough to press all weights to zero is
    itself nothing in the end: then its share with the first weights, and how much of the kernels is left.

    ## What to do
    Divide the L1/L2 factor by 10 to 100, or lower the dropout rate to 0.2 to 0.5.

    ## Thresholds
    - `penalty`: 30 % of the loss. At the optimum of loss + penalty both gradients balance; a penalty of that share
      costs fit of the same order.
    - `folds`: the optimizer's weight decay times the learning rate times the steps. At 3, decay alone leaves 5 % of a
      weight; with less than half of the norm left the gradients did not hold against it.
    - `kept`: a tenth of the first norm. Training that fits anything makes kernels grow; none of the usual rates and
      penalties shrinks the median kernel tenfold.
    - `dropout`: 0.7; Srivastava et al. (2014) find 0.5 to 0.8 of the units kept to work. Above it a twentieth of what a
      cheap model reaches is harm enough: networks that fit their rows beat cheap models out of fold.
    - `mostly`: 0.9; the noise of a sum of which one part in ten is kept has nine times the power of what it carries.
    """
    dropped = structure.dropout if structure is not None else 0.0
    if not hurt(outcome, baseline, 0.05 if dropped > dropout else 0.15):
        return None if movement.penalty_share is not None else NotMeasured("the loss could not be replayed")
    worn = movement.decayed > folds and movement.kept is not None and movement.kept < 0.5
    if worn and movement.kept is not None:
        return _worn(movement.decayed, movement.kept, folds)
    if movement.penalty_share is None:
        return NotMeasured("the loss could not be replayed")
    crushed = (movement.penalty_share_start or 0.0) > penalty and movement.kept is not None and movement.kept < kept
    held = movement.penalty_share > penalty
    if not held and not crushed and dropped <= dropout:
        return None
    if crushed and movement.kept is not None and movement.penalty_share_start is not None:
        return _crushed(movement.penalty_share_start, movement.kept, penalty, kept)
    what = f"{movement.penalty_share:.0%} of the training loss is penalty on the weights" if held else f"dropout removes {dropped:.0%} of the units"  # noqa: E501
    return Finding(
        message=f"{what}, and the network does not fit its own training rows", strength=0.85 if held or dropped >= mostly else 0.6,
        evidence=(Evidence("share of the loss that is penalty", movement.penalty_share, penalty),
                  Evidence("dropout rate", dropped, dropout)),
        fix="Divide the L1/L2 factor by 10 to 100." if held else "Lower the dropout rate to 0.2 to 0.5.",
    )  # fmt: skip


def _worn(decayed: float, left: float, folds: float) -> Finding:
    return Finding(
        message=f"the optimizer's weight decay alone shrinks a weight to {2.718281828 ** -decayed:.1g} over the training; the kernels "
        f"ended at {left:.2g} of their first size, and the network does not fit its own training rows",
        strength=0.85, evidence=(Evidence("learning rate times weight decay times steps", decayed, folds),
                                 Evidence("kernel norm at the end over the start", left, 0.5)),
        fix="Divide weight_decay by 10 to 100 (0.004 is AdamW's default).",
    )  # fmt: skip


def _crushed(share: float, left: float, penalty: float, kept: float) -> Finding:
    return Finding(
        message=f"the penalty was {share:.0%} of the loss at the start and pressed the weights to {left:.2g} of their first size: "
        "the network is all but empty",
        strength=0.9, evidence=(Evidence("share of the first loss that is penalty", share, penalty),
                                Evidence("kernel norm at the end over the start", left, kept)),
        fix="Divide the L1/L2 factor by 100 or more.",
    )  # fmt: skip


penalty_outweighs_loss.fires_on(Movement(3, penalty_share=0.01, penalty_share_start=0.9, kept=0.001), None, None, Outcome(skill=0.0), None)
penalty_outweighs_loss.silent_on(Movement(3, penalty_share=0.01, penalty_share_start=0.9, kept=0.9), None, None, Outcome(skill=0.0), None)
penalty_outweighs_loss.fires_on(Movement(3, penalty_share=0.9), None, None, Outcome(skill=0.0), None)
penalty_outweighs_loss.silent_on(Movement(3, penalty_share=0.01), None, None, Outcome(skill=0.0), None)
penalty_outweighs_loss.silent_on(Movement(3, penalty_share=0.9), None, None, Outcome(skill=0.95), None)
