"""D109."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import OneHotRows
from traindx.facts.findings import Evidence, Finding, Severity


@check("D109", Severity.ERROR, suggests=(Cause.EMPTY_ONE_HOT_ROWS,))
def empty_one_hot_rows(rows: OneHotRows, *, share: float = 0.01) -> Finding | None:
    """One-hot target rows in which no class is set.

    ## Why training fails
    Categorical cross entropy of an all-zero row is zero whatever the model answers: these rows teach nothing, and the
    class that lost its column can never be predicted.

    ## How it is measured
    Rows of the training targets whose sum is zero, where targets are exclusive classes (a softmax loss, or no row with
    two classes).

    ## What to do
    Build the one-hot rows from the complete list of classes; encoders told to ignore unknown values hide the fault.

    ## Thresholds
    - `share`: of the training rows; one in a hundred already removes a class of that size altogether.
    """
    part = rows.empty / max(1, rows.rows)
    if part < share:
        return None
    return Finding(
        message=f"{rows.empty} of {rows.rows} one-hot training targets have no class set (rows "
        f"{', '.join(map(str, rows.first))} ...)",
        strength=0.97,
        evidence=(Evidence("share of all-zero target rows", part, share),),
        fix="Encode with the complete list of classes and let the encoder fail on unknown values.",
    )


empty_one_hot_rows.fires_on(OneHotRows(1000, 100, 10, "cce", (0, 12)))
empty_one_hot_rows.silent_on(OneHotRows(1000, 0, 10, "cce"))
