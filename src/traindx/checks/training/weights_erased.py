"""T308."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import UpdateRatio
from traindx.facts.training import Movement

ANEW = {"Ftrl"}
"""Rules that compute the weights from the gradients alone; others that shrink weights were led there by the gradients."""


@check("T308", Severity.WARNING, suggests=(Cause.OPTIMIZER_UNSUITED,))
def weights_erased(
    movement: Movement, update: UpdateRatio, outcome: Outcome | None, baseline: Baseline | None,
    *, kept: float = 0.1, penalty: float = 0.05, decayed: float = 1.0
) -> Finding | None:  # fmt: skip
    """The optimizer's own rule shrank the kernels to a few hundredths of their first size, and nothing is learned.

    ## Why training fails
    Some rules do not step from the weights that they are given: Ftrl computes the weights anew from the sum of the
    gradients, so that its first step replaces the initial weights by numbers near zero (McMahan et al. 2013). A network of
    small weights passes on next to no signal and no gradient.

    ## How it is measured
    With such a rule: the norm of the kernels at the end over that at the start (median), where neither weight decay nor a
    penalty can have shrunk them, and where the run misses what a cheap model reaches.

    ## What to do
    Use Adam or SGD with momentum for networks with hidden layers; Ftrl is made for linear models.

    ## Thresholds
    - `kept`: a tenth, as in `penalty-outweighs-loss`. Of 700 runs, healthy and broken, none fell below it otherwise.
    - `penalty`: share of the first loss that is penalty; `decayed`: learning rate times weight decay times steps.
    """
    left = movement.kept
    if left is None or update.optimizer not in ANEW or not 0 < left < kept or not hurt(outcome, baseline):
        return None
    shrunk = movement.decayed > decayed or (movement.penalty_share_start or 0.0) > penalty
    if shrunk or movement.penalty_share_start is None:
        return None
    return Finding(
        message=f"{update.optimizer} shrank the kernels to {left:.2g} of their first size without any decay or "
        "penalty, and nothing was learned",
        strength=0.85, location=update.location,  # type: ignore[arg-type]
        evidence=(Evidence("norm of the kernels, last over first", left, kept),
                  Evidence("share of the first loss that is penalty", movement.penalty_share_start, penalty)),
        fix="Use Adam at its default learning rate.",
    )  # fmt: skip


_FTRL = UpdateRatio(7e-7, 8e-7, 1e-6, "dense", 11.0, 300, 5e-4, 0.5, "Ftrl", samples=29)
weights_erased.fires_on(Movement(4, kept=0.04, penalty_share_start=0.0), _FTRL, Outcome(skill=0.0), None)
weights_erased.silent_on(Movement(4, kept=0.04, penalty_share_start=0.4), _FTRL, Outcome(skill=0.0), None)
weights_erased.silent_on(Movement(4, kept=0.8, penalty_share_start=0.0), _FTRL, Outcome(skill=0.0), None)
_SGD = UpdateRatio(7e-3, 8e-3, 1e-2, "dense", 11.0, 300, 0.5, 50.0, "SGD", samples=29)
weights_erased.silent_on(Movement(4, kept=0.001, penalty_share_start=0.0), _SGD, Outcome(skill=0.0), None)
