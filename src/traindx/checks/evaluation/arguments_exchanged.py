"""E144."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import Exchanged, ScoredWrongly
from traindx.facts.findings import Evidence, Finding, Severity


@check("E144", Severity.ERROR, suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH))
def arguments_exchanged(scored: ScoredWrongly, *, apart: float = 0.05) -> Finding | None:
    """A score was given the predictions in the place of the labels.

    ## Why training fails
    It does not: the score does. scikit-learn wants the labels first. R2 then divides by the variance of the predictions,
    precision and recall change places.

    ## How it is measured
    What was given first is a prediction of the model, value for value, and what was given second is none. The score is
    computed again with both in order.

    ## What to do
    Give the labels first: `r2_score(y_true, y_pred)`.

    ## Thresholds
    - `apart`: difference of the two; below it the order misleads nobody.
    """
    for one in scored.exchanged:
        if abs(one.result - one.meant) > apart:
            return Finding(
                message=f"{one.name} was given the predictions as labels: {one.result:.3f}, where the labels first give {one.meant:.3f}",
                strength=0.96,
                evidence=(
                    Evidence(f"{one.name} as called ({one.rows} rows)", one.result),
                    Evidence("the same with the labels first", one.meant),
                ),
                location=one.location,
                fix=f"Give the labels first: {one.name}(y_true, y_pred).",
            )
    return None


arguments_exchanged.fires_on(ScoredWrongly(exchanged=(Exchanged("r2_score", 133, -0.04, 0.49),)))
arguments_exchanged.silent_on(ScoredWrongly(exchanged=(Exchanged("r2_score", 133, 0.97, 0.975),)))
