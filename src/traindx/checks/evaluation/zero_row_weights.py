"""E107."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import RowWeights
from traindx.facts.findings import Evidence, Finding, Severity


@check("E107", Severity.ERROR, suggests=(Cause.CONSTANT_LOSS,))
def zero_row_weights(
    weights: RowWeights, *, all_of: float = 0.999, most_of: float = 0.95, least: int = 8
) -> Finding | None:
    """The sample weights of a split are zero, so that its loss is zero too.

    ## Why training fails
    Every row's loss is multiplied by its weight: with zeros the loss is 0 whatever the model predicts.

    ## How it is measured
    The share of sampled rows whose weight is exactly zero, per split.

    ## What to do
    Check the order (x, y, weight) and how the weights are computed; whole-number division and a mask turned round are
    the usual faults.

    ## Thresholds
    - `all_of`: share from which on the split counts nothing.
    - `most_of`: share from which on nearly nothing of the training rows counts.
    - `least`: fewer rows say nothing.
    """
    for role, zero, rows in weights.zero:
        if rows < least or zero < (all_of if role != "train" else most_of):
            continue
        return Finding(
            message=f"{zero:.0%} of the {role} rows have sample weight 0: they count nothing in the loss",
            strength=0.97 if zero >= all_of else 0.7,
            evidence=(Evidence(f"share of {role} rows with weight 0", zero, all_of),),
            location=weights.location,
            fix="Give the rows weights above zero, or leave the sample weights out.",
        )
    return None


zero_row_weights.fires_on(RowWeights((("validation", 1.0, 200),)))
zero_row_weights.silent_on(RowWeights((("train", 0.5, 200), ("validation", 0.0, 200))))
