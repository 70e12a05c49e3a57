"""D130."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import TargetMean
from traindx.facts.findings import Evidence, Finding, Severity


@check("D130", Severity.ERROR, suggests=(Cause.TARGET_LEAKAGE,))
def target_mean_encoded(mean: TargetMean, *, exact: float = 1e-6, apart: float = 1e-3) -> Finding | None:
    """A column holds the mean target of each category, computed from the held-out rows too.

    ## Why training fails
    Each row's own target is part of its input, most of all in categories of few rows. The score on held-out rows is high
    because their targets were looked at; on rows whose target is not known yet it falls (Micci-Barreca 2001 computes
    such means on training rows, and smooths them).

    ## How it is measured
    Rows with equal values of a column are one category: the mean of their targets, over training and held-out rows
    together, against the value. They agree to float32's rounding, up to a scale and an offset, and over training rows
    alone they do not. Only where every row is in the sample.

    ## What to do
    Compute the means on training rows only, for each training row from the others (out of fold), after the split.

    ## Thresholds
    - `exact`: share of the variance of the means that may be left; float32 leaves 1e-13.
    - `apart`: share that must be left over training rows alone, else the means were made of these.
    """
    if mean.both > exact or mean.alone < apart:
        return None
    return Finding(
        message=f"column {mean.column} is the mean target of its {mean.values} categories over training and {mean.role} rows "
        "together: the targets of held-out rows are among the inputs",
        strength=0.97, column=mean.column,
        evidence=(Evidence("variance of the categories' means that the column leaves, all rows", mean.both, exact),
                  Evidence("the same over training rows alone", mean.alone, apart), Evidence("rows", mean.rows)),
        fix="Compute the categories' mean targets from training rows only, out of fold, after the split.",
    )  # fmt: skip


target_mean_encoded.fires_on(TargetMean("validation", "client", 3000, 21, 1e-14, 6e-3))
target_mean_encoded.silent_on(TargetMean("validation", "client", 3000, 21, 6e-3, 1e-14))
target_mean_encoded.silent_on(TargetMean("validation", "pages", 3000, 17, 0.03, 0.05))
