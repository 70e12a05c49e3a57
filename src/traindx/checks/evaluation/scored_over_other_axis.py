"""E136."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import OtherAxis, ScoredOtherwise
from traindx.facts.findings import Evidence, Finding, Severity


@check("E136", Severity.ERROR, suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH))
def scored_over_other_axis(scored: ScoredOtherwise, *, axes: int = 1) -> Finding | None:
    """Classes were taken over another axis than the one that holds them.

    ## Why training fails
    It does not: the score does. `argmax(axis=1)` of outputs (rows, steps, classes) gives the step at which each class is
    surest, not the class of each step; over `axis=0` of outputs (rows, classes), the row that is surest of each class.

    ## How it is measured
    What the program gave to scikit-learn is the argmax of its predictions over another axis, value for value, and not
    that over the last, although the outputs sum to 1 over the last and the targets are classes along it.

    ## What to do
    Take the argmax over the last axis: `argmax(axis=-1)`, of labels and predictions alike.

    ## Thresholds
    - `axes`: scores of this kind; the match is exact, so one is enough.
    """
    if len(scored.axes) < axes:
        return None
    one = scored.axes[0]
    got = f" ({one.result:.3f})" if one.result is not None else ""
    return Finding(
        message=f"{one.name}{got} compares argmaxes over axis {one.axis} ({one.length} entries); the {one.classes} classes lie "
        "along the last axis",
        strength=0.96,
        evidence=(Evidence("axis of the argmax that was scored", one.axis, "the last"),),
        location=one.location,
        fix="Take argmax(axis=-1) of labels and predictions.",
    )


scored_over_other_axis.fires_on(ScoredOtherwise(axes=(OtherAxis("accuracy_score", 1, 20, 4, 0.16),)))
scored_over_other_axis.silent_on(ScoredOtherwise())
