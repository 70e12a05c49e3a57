"""D113."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import Conflicts
from traindx.facts.findings import Evidence, Finding, Severity


@check("D113", Severity.WARNING, suggests=(Cause.LABEL_NOISE,))
def conflicting_labels(rows: Conflicts, *, share: float = 0.05, distinct: float = 0.5) -> Finding | None:
    """Equal training rows carry different labels.

    ## Why training fails
    No model can answer both: the loss has a floor that looks like underfitting.

    ## How it is measured
    Rows whose inputs have the same hash and whose labels differ, as a share of all rows. It does not fire where rows
    repeat because few different ones are possible: there, different outcomes of equal rows are chance, not error.

    ## What to do
    Look at the listed rows: a lost column that told them apart, or a label given twice.

    ## Thresholds
    - `share`: of all training rows; the accuracy that is lost for certain is about half of it.
    - `distinct`: share of different rows below which repetition is the nature of the data.
    """
    part = rows.conflicting / max(1, rows.rows)
    if part < share or rows.distinct_share < distinct:
        return None
    return Finding(
        message=f"{rows.conflicting} of {rows.rows} training rows have an equal row with another label (rows "
        f"{', '.join(map(str, rows.first[:5]))} ...)",
        strength=min(0.85, 0.5 + part),
        evidence=(
            Evidence("share of rows contradicted by an equal row", part, share),
            Evidence("such rows if labels were shuffled", rows.chance),
        ),
        fix="Look for a lost column or a double annotation in the listed rows; drop or merge them.",
    )


conflicting_labels.fires_on(Conflicts(1000, 200, 180, 100, (1, 2), 0.9))
conflicting_labels.silent_on(Conflicts(1000, 990, 700, 650, (1, 2), 0.02))
