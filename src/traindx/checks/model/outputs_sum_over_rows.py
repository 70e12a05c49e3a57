"""M107."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ModeGap
from traindx.facts.findings import Evidence, Finding, Severity


@check("M107", Severity.ERROR, suggests=(Cause.OUTPUT_ACTIVATION, Cause.TRAIN_INFERENCE_GAP))
def outputs_sum_over_rows(gap: ModeGap, *, least_rows: int = 8) -> Finding | None:
    """The outputs add up to 1 over another axis than the one that holds the classes.

    ## Why training fails
    A softmax over the rows makes the rows of a batch compete for a class instead of the classes for a row. What is
    predicted depends on the company, and a single row gets 1 for every class.

    ## How it is measured
    Sums of the outputs for training rows, in inference mode, along each axis: not 1 over the last, which holds the
    classes, but 1 over another one.

    ## What to do
    Give softmax the last axis (`axis=-1`).

    ## Thresholds
    - `least_rows`: of two or three rows sums of 1 may be chance.
    """
    if gap.sums_over is None or gap.rows < least_rows:
        return None
    which = "the rows of a batch" if gap.sums_over == 0 else f"axis {gap.sums_over}"
    return Finding(
        message=f"the outputs add up to 1 over {which} and not over the classes: the softmax has the wrong axis",
        strength=0.97,
        evidence=(Evidence("axis over which the outputs add up to 1", gap.sums_over, "the last"),
                  Evidence("change of the outputs among fewer rows, over their spread", gap.company)),
        location=gap.location,
        fix="Normalise over the classes: softmax(axis=-1).",
    )  # fmt: skip


outputs_sum_over_rows.fires_on(ModeGap(rows=100, company=12.0, company_rows=4, sums_over=0))
outputs_sum_over_rows.silent_on(ModeGap(rows=100, company=0.5, company_rows=4))
