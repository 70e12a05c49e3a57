"""E124."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ScoredCall, Scores
from traindx.facts.findings import Evidence, Finding, Severity


@check("E124", Severity.ERROR, suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH))
def scored_over_pairs(scores: Scores) -> Finding | None:
    """A score computed by hand is a mean over all pairs of rows: predictions (n, 1) were set against labels (n,).

    ## Why training fails
    It does not: the number does. NumPy broadcasts (n, 1) and (n,) to (n, n), every prediction meets every label, and the
    result is what a shuffled model would score, whatever the model has learned.

    ## How it is measured
    A number that the program printed is, to all its digits, the mean over all pairs of the rows of a prediction and an
    array of the program, and not the mean row by row.

    ## What to do
    Drop the last axis of the predictions (`[:, 0]`, `.ravel()`) before they are compared.

    ## Thresholds
    None: the number is the same to all printed digits (a relative 1e-6 where it is printed whole).
    """
    for call in scores.calls:
        if call.pairs and call.result is not None:
            return Finding(
                message=f"the printed {call.name} {call.result:.4g} is a mean over {call.rows} x {call.rows} pairs of rows: "
                "predictions of shape (n, 1) were compared with labels of shape (n,)",
                strength=0.97,
                evidence=(Evidence(f"{call.name} as printed", call.result),
                          Evidence("agreement of predictions and labels, row by row", call.given)),
                location=call.location,
                fix="Drop the last axis of the predictions before they are compared: predictions[:, 0].",
            )  # fmt: skip
    return None


scored_over_pairs.fires_on(Scores((ScoredCall("accuracy", 200, 0.95, result=0.5, pairs=True),)))
scored_over_pairs.silent_on(Scores((ScoredCall("accuracy", 200, 0.95, result=0.95),)))
