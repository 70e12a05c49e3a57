"""C107."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.compute import LossScale, ScaleUse
from traindx.facts.findings import Evidence, Finding, Severity


@check("C107", Severity.ERROR, suggests=(Cause.NUMERICAL_OVERFLOW, Cause.LOW_PRECISION_UNDERFLOW))
def skipped_updates(use: ScaleUse, *, share: float = 0.5, steps: int = 30, least: float = 1.0) -> Finding | None:
    """The optimizer drops steps again and again, because their gradients overflow float16.

    ## Why training fails
    A `LossScaleOptimizer` drops a step whose gradients are not finite, and halves its scale. It finds a scale that fits
    within a few steps. Where the loss or an activation itself is beyond float16 (65504), the scale falls below 1, and it
    is meant to raise small gradients: now they vanish. Or no scale helps at all, and nearly every step is dropped.

    ## How it is measured
    Steps of the program against updates that the inner optimizer counted, and the dynamic scale at the end.

    ## What to do
    Compute the output layer and the loss in float32 (`dtype="float32"`), scale inputs and targets to unit size, clip
    gradients; or use bfloat16, which has the range of float32.

    ## Thresholds
    - `share`: half of the steps. From its usual 32768 a scale is down to 1 after 15 dropped steps.
    - `steps`: 30 steps: twice those 15, so that finding a scale is never enough.
    - `least`: a scale below 1 says that gradients overflow as they are, without any scaling.
    """
    scale = use.scale
    if scale.steps < steps or (use.skipped <= share and scale.last >= least):
        return None
    return Finding(
        message=f"{scale.skipped} of {scale.steps} steps were dropped for gradients that are not finite; "
        f"the loss scale fell from {scale.first:g} to {scale.last:.3g}",
        strength=0.9, location=scale.location,
        evidence=(Evidence("share of the steps dropped", use.skipped, share), Evidence("loss scale at the end", scale.last, least)),
        fix='Compute the last layer and the loss in float32 (dtype="float32"), scale inputs and targets, or use bfloat16.',
    )  # fmt: skip


skipped_updates.fires_on(ScaleUse(LossScale(32768.0, 1e-20, 100, 98, 2000)))
skipped_updates.fires_on(ScaleUse(LossScale(32768.0, 4e-9, 378, 43, 2000)))
skipped_updates.silent_on(ScaleUse(LossScale(32768.0, 512.0, 100, 6, 2000)))
skipped_updates.silent_on(ScaleUse(LossScale(32768.0, 2.0, 20, 14, 2000)))
