"""E138."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import RowAverage, ScoredOtherwise
from traindx.facts.findings import Evidence, Finding, Severity


@check("E138", Severity.ERROR, suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH))
def score_out_of_reach(scored: ScoredOtherwise, *, reach: float = 0.8) -> Finding | None:
    """Perfect predictions would not bring the score near 1: it is averaged over rows that hold nothing to find.

    ## Why training fails
    It does not: the score does. Precision and recall of several labels were computed row by row (`axis=1`) and averaged.
    A row without any label counts 0 however right the predictions are.

    ## How it is measured
    The score, given by scikit-learn or found among printed numbers, is the average over rows, to its last digit, and not
    that over labels. The same average of the labels against themselves is what perfect predictions would get.

    ## What to do
    Average over labels (`axis=0`, `average="macro"`), or leave out rows without labels.

    ## Thresholds
    - `reach`: of perfect predictions; a fifth lost to empty rows hides any progress of a good model.
    """
    for one in scored.averages:
        if one.reach < reach:
            return Finding(
                message=f"{one.name} is averaged over rows: {one.value:.3f}, where perfect predictions would get {one.reach:.3f}, "
                "since rows without labels count 0",
                strength=0.93,
                evidence=(
                    Evidence(f"average over {one.rows} rows", one.value),
                    Evidence("the same of perfect predictions", one.reach, reach),
                ),
                location=one.location,
                fix='Average over labels (axis=0, average="macro"), or leave out rows without labels.',
            )
    return None


score_out_of_reach.fires_on(ScoredOtherwise(averages=(RowAverage("precision over rows", 0.44, 0.5, 1000),)))
score_out_of_reach.silent_on(ScoredOtherwise(averages=(RowAverage("precision over rows", 0.81, 0.99, 1000),)))
