"""M301."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import Relation
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Baseline, Outcome
from traindx.facts.training import Structure


@check("M301", Severity.WARNING, suggests=(Cause.MISSING_NONLINEARITY,))
def missing_nonlinearity(
    structure: Structure, outcome: Outcome | None, baseline: Baseline | None, relation: Relation | None, *, gain: float = 0.15
) -> Finding | NotApplicable | None:
    """Hidden layers have no activation, and a non-linear model does clearly better on the same rows.

    ## Why training fails
    Linear layers on top of each other are one linear layer. If the relation bends, no amount of training fits it.

    ## How it is measured
    No activation, pooling by maximum, recurrence or attention stands between the layers with weights; and nearest
    neighbours (of numbers also ridge regression with a radial kernel) beat ridge regression out of fold, and the network's
    own skill on its training rows, by `gain`. Where a straight line is enough, nothing is raised.

    ## What to do
    Give the hidden layers `activation="relu"`.

    ## Thresholds
    - `gain`: 0.15 of skill; two standard errors are added. Less is within what the choice of k neighbours moves.
    """
    if not structure.linear_stack:
        return NotApplicable("a non-linearity stands between the layers")
    if outcome is None or outcome.skill is None or baseline is None or baseline.neighbours is None:
        return None
    missed = baseline.neighbours - outcome.skill - 2 * baseline.noise
    who, reached = "nearest neighbours", baseline.neighbours
    if relation is not None and relation.task == "numbers" and relation.network is not None:
        further = relation.skill - relation.network - 3 * relation.spread
        if further > missed:
            missed, who, reached = further, "a kernel model", relation.skill
    if outcome.non_finite or missed <= gain:
        return None
    return Finding(
        message=f"{structure.hidden} hidden layers have no activation, so the model is linear; {who} reach{'es' * (who[0] == 'a')} "
        f"skill {reached:.2f} where it reaches {outcome.skill:.2f}",
        strength=min(0.9, 0.6 + missed / 2), evidence=(Evidence("skill missed", missed, gain),),
        location=structure.location, fix='Give the hidden layers activation="relu".',
    )  # fmt: skip


_LINEAR = Structure(2, 2, True, 16, 1000, 1000, 0, False, None, "Dense")
missing_nonlinearity.fires_on(_LINEAR, Outcome(skill=0.3), Baseline(0.3, 0.95, 1000, 0.03), None)
missing_nonlinearity.silent_on(_LINEAR, Outcome(skill=0.9), Baseline(0.9, 0.8, 1000, 0.03), None)
