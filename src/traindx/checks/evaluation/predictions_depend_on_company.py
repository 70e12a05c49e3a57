"""E116."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ModeGap
from traindx.facts.findings import Evidence, Finding, Severity


@check("E116", Severity.WARNING, suggests=(Cause.TRAIN_INFERENCE_GAP, Cause.NORMALIZATION_LAYERS))
def predictions_depend_on_company(gap: ModeGap, *, moved: float = 0.05) -> Finding | None:
    """A row's prediction depends on which other rows are predicted with it.

    ## Why training fails
    Batch normalisation called with `training=True` (or a normalisation over the batch axis) uses the batch's own
    statistics in inference too: small or sorted batches are predicted differently, a single row not at all.

    ## How it is measured
    A few training rows are predicted alone and among 256, in inference mode, with the last weights.

    ## What to do
    Pass `training=training` on to batch normalisation; normalise over features, not over rows.

    ## Thresholds
    - `moved`: root mean square change over the spread of the outputs; float noise is below 0.001.
    """
    if gap.sums_over is not None:
        return None  # `outputs-sum-over-rows` says why
    if gap.company < moved or gap.redrawn > 1e-4 or not gap.supervised:
        return None
    return Finding(
        message=f"predictions of {gap.company_rows} rows change by {gap.company:.0%} of their spread when predicted "
        "without the other rows",
        strength=min(0.95, 0.8 + gap.company / 4),
        evidence=(Evidence("change of the outputs, over their spread", gap.company, moved),),
        location=gap.location,
        fix="Pass training=training on to batch normalisation in place of training=True.",
    )


predictions_depend_on_company.fires_on(ModeGap(rows=256, company=0.5, company_rows=4))
predictions_depend_on_company.silent_on(ModeGap(rows=256, company=1e-6, company_rows=4))
