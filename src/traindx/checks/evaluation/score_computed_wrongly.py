"""E145."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import Mistaken, ScoredWrongly
from traindx.facts.findings import Evidence, Finding, Severity

WAYS = {
    "predicted variance": ("divides by the variance of the predictions, not of the labels", "Divide by the variance of the labels."),
    "entries": ("compares one-hot rows entry by entry, where most are 0", "Compare argmax(axis=-1) of both."),
    "batches": ("is an average over batches, most of which hold few positives", "Count over all rows, then divide once."),
}
"""Where in `probes.hand_measures` a way is told apart from the score as it is meant: what it does, and what to do."""


@check("E145", Severity.ERROR, suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH))
def score_computed_wrongly(scored: ScoredWrongly, *, apart: float = 0.05) -> Finding | None:
    """A printed score comes out by a usual mistake, and not by its definition.

    ## Why training fails
    It does not: the score does. R2 was divided by the variance of the predictions, the accuracy of one-hot rows was taken
    entry by entry, or a precision was averaged over batches.

    ## How it is measured
    Numbers that the program prints are compared with what its predictions and the arrays at hand give, computed as it is
    meant and by usual mistakes. One of these agrees to four digits or more each time that the line prints; none that is
    meant does.

    ## What to do
    Compare with scikit-learn on a hundred rows.

    ## Thresholds
    - `apart`: difference from the score by its definition; below it the mistake misleads nobody.
    """
    for one in scored.mistaken:
        if one.how in WAYS and abs(one.result - one.meant) > apart:
            does, mend = WAYS[one.how]
            return Finding(
                message=f"the printed {one.name} {one.result:.3f} {does}: by its definition it is {one.meant:.3f}",
                strength=0.93,
                evidence=(
                    Evidence(f"{one.name} as printed ({one.rows} rows)", one.result),
                    Evidence("the same by its definition", one.meant),
                ),
                location=one.location,
                fix=mend,
            )
    return None


score_computed_wrongly.fires_on(ScoredWrongly(mistaken=(Mistaken("accuracy", "entries", 400, 0.96, 0.8),)))
score_computed_wrongly.silent_on(ScoredWrongly(mistaken=(Mistaken("F1", "batches", 400, 0.9, 0.91),)))
