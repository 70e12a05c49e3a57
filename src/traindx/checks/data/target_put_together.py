"""D132."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import SummedColumns
from traindx.facts.findings import Evidence, Finding, Severity


@check("D132", Severity.WARNING, suggests=(Cause.TARGET_LEAKAGE,))
def target_put_together(
    summed: SummedColumns, *, left: float = 1e-6, parts: int = 4, rest: int = 2, others: float = 0.3
) -> Finding | None:
    """A few input columns give the target exactly when they are added up.

    ## Why training fails
    The target was computed from these columns: casual and registered riders make all riders. They are known only when the
    target is, so the scores are excellent and worthless.

    ## How it is measured
    Least squares of the target on all columns, and which of them it needs. A formula to be learned needs most of its
    inputs, or says nothing without them. Here columns that are not needed tell the target too, by themselves (ridge
    regression, linear or radial, leave-one-out): they are what the parts depend on.

    ## What to do
    Drop the parts, or predict them instead of their sum.

    ## Thresholds
    - `left`: share of the target's variance that is left over; float32 columns leave less than 1e-10 of an exact sum.
    - `parts`: columns of the sum; two at least, for one alone is `label-in-inputs`.
    - `rest`, `others`: columns that are not needed, and what they explain of the target by themselves.
    """
    if not summed.left < left or not 2 <= summed.parts <= parts or summed.rest < rest or summed.others < others:
        return None
    names = ", ".join(summed.names[:parts])
    return Finding(
        message=f"columns {names} add up to the target exactly; the other {summed.rest} columns explain {summed.others:.0%} of it "
        "by themselves",
        strength=0.9,
        evidence=(Evidence("share of the target's variance that the sum leaves", summed.left, left),
                  Evidence("skill of the columns that the sum does not need", summed.others, others)),
        column=summed.names[0],
        fix=f"Drop the columns {names} unless their values are known before the target is.",
    )  # fmt: skip


target_put_together.fires_on(SummedColumns(600, 9, ("casual", "registered"), 2, 1e-12, 7, 0.8))
target_put_together.silent_on(SummedColumns(600, 9, ("x1", "x2"), 2, 1e-12, 7, 0.02))
target_put_together.silent_on(SummedColumns(600, 9, ("casual", "registered"), 2, 0.05, 7, 0.8))
