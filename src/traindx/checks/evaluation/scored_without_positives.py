"""E130."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import Scores
from traindx.facts.findings import Evidence, Finding, Severity


@check("E130", Severity.ERROR, suggests=(Cause.MISSING_CLASSES,))
def scored_without_positives(scores: Scores, *, chance: float = 1e-3) -> Finding | None:
    """The labels that a score is computed from hold no positive at all.

    ## Why training fails
    It does not: without a positive there is nothing to find. Recall is 0 by definition, precision at best undefined,
    whatever the model does. The rows were cut off in their order, or picked by something that goes with the class.

    ## How it is measured
    The labels given to a score of the program, against the share of positives among the training rows.

    ## What to do
    Split with `stratify=y`, or shuffle before rows are cut off; check that the rows scored hold both classes.

    ## Thresholds
    - `chance`: of drawing so many rows without a positive at the share of training, (1 - share) ** rows.
    """
    if scores.without_positives is None:
        return None
    rows, share, location = scores.without_positives
    if (1 - share) ** rows > chance:
        return None
    return Finding(
        message=f"none of the {rows} labels scored is positive, of the training labels {share:.1%} are: precision and recall "
        "are 0 by definition",
        strength=0.95,
        evidence=(
            Evidence("positives among the labels scored", 0, 1),
            Evidence("share of positives among training labels", share),
            Evidence("chance of drawing such rows", (1 - share) ** rows, chance),
        ),
        location=location,
        fix="Split with stratify=y, or shuffle before rows are cut off.",
    )


scored_without_positives.fires_on(Scores(without_positives=(300, 0.1, None)))
scored_without_positives.silent_on(Scores(without_positives=(30, 0.01, None)))
scored_without_positives.silent_on(Scores())
