"""D127."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import TargetShift
from traindx.facts.findings import Evidence, Finding, Severity


@check("D127", Severity.ERROR, suggests=(Cause.PREPROCESSING_MISMATCH, Cause.LABEL_ENCODING_MISMATCH))
def rescaled_targets(targets: TargetShift, *, ratio: float = 2.0, apart: float = 3.0, kept: float = 0.5) -> Finding | None:
    """Held-out targets are on another scale than training targets.

    ## Why training fails
    The model is right in one unit and judged in another: the held-out loss is huge however well it has learnt.

    ## How it is measured
    Distance of the two target distributions before and after matching mean and spread, and the skill of a cheap model
    fitted on training rows, as the held-out targets are and after matching. Both must improve, the skill to near that
    on unseen training rows: held-out rows from elsewhere have other targets too, but the model fails on them.

    ## What to do
    Transform the targets of every split with the scaler fitted on training targets.

    ## Thresholds
    - `ratio`: of the standard deviations; natural drift of a target seldom doubles its spread.
    - `apart`: distance of the distributions in units of chance (Kolmogorov-Smirnov); 3 is 1 in 10 million.
    - `kept`: share of the cheap model's skill that it must have once the scale is undone.
    """
    shift = abs(math.log(max(abs(targets.factor), 1e-30))) > math.log(ratio)
    if not shift or targets.before < apart or targets.after > 0.5 * targets.before:
        return None
    if targets.renamed < max(0.1, targets.agree + 0.2, kept * targets.expected):
        return None
    return Finding(
        message=f"{targets.role} targets = {targets.factor:.4g} * training targets {targets.offset:+.4g}: a cheap model "
        f"explains {targets.renamed:.0%} of them once that is undone",
        strength=0.9,
        evidence=(
            Evidence("factor between the targets' spreads", targets.factor, ratio),
            Evidence("distance of the targets in units of chance", targets.before, apart),
        ),
        fix="Fit the target scaler on training targets and apply it to every split.",
    )


rescaled_targets.fires_on(TargetShift(200, "test", 100.0, 5.0, 12.0, 1.0, -50.0, 0.6))
rescaled_targets.silent_on(TargetShift(200, "test", 1.2, 0.1, 2.0, 1.0, 0.5, 0.5))
rescaled_targets.silent_on(TargetShift(600, "test", 5.2, 7.8, 17.2, 0.9, -2.3, 0.17, 0.95))
