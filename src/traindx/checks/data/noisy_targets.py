"""D129."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import TargetNoise
from traindx.facts.data_splits import SplitDrift, SplitTransforms
from traindx.facts.findings import Evidence, Finding, Severity


@check("D129", Severity.WARNING, suggests=(Cause.LABEL_NOISE,))
def noisy_targets(
    noise: TargetNoise,
    drift: SplitDrift | None,
    transforms: SplitTransforms | None,
    *,
    ratio: float = 2.0,
    better: float = 0.2,
    apart: float = 0.7,
) -> Finding | None:
    """Training targets are measured much worse than held-out targets.

    ## Why training fails
    The network spends its capacity on the errors of the measurement; its loss on training rows stays high or is
    memorised, and the held-out loss rises early.

    ## How it is measured
    One cheap model (ridge, linear or radial) is fitted on training rows. Its median absolute error is taken leave-one-out
    on these rows and on held-out rows. Rows of one population have one error; a model that is right on rows it has never
    seen and wrong on its own was given wrong targets there. Splits that differ in their inputs are not judged, nor
    windows of a series, which is calmer at some times than at others.

    ## What to do
    Look at where the training targets come from: units mixed, a column joined wrongly, a sensor replaced, noise that was
    added on purpose. Take the mean of several measurements, or a loss that bears outliers (Huber).

    ## Thresholds
    - `ratio`: of the median errors. Their standard error is 0.06 for 600 and 50 rows and more; twice is out of its reach.
    - `better`: how much more of the variance the model explains on held-out rows, so that it costs a model something.
    - `apart`: area under the curve for telling the splits apart, from which on they are not compared.
    """
    if transforms is not None and transforms.found or drift is not None and max(drift.auc, 1 - drift.auc) > apart:
        return None
    if noise.held_out_error <= 0 or noise.error < ratio * noise.held_out_error:
        return None
    if noise.held_out_skill - noise.skill < better:
        return None
    return Finding(
        message=f"training targets are noisy: a cheap model fitted on them misses them by {noise.error:.3g} (median), and "
        f"held-out targets, which it has never seen, by {noise.held_out_error:.3g}",
        strength=min(0.95, 0.7 + noise.held_out_skill / 4),
        evidence=(
            Evidence("median error on training over that on held-out rows", noise.error / noise.held_out_error, ratio),
            Evidence("variance explained on held-out minus training rows", noise.held_out_skill - noise.skill, better),
            Evidence("training rows", noise.rows),
            Evidence("held-out rows", noise.held_out_rows),
        ),
        rows=noise.review,
        fix="Find where the training targets were measured or joined otherwise than the held-out ones; mend or drop these.",
    )


noisy_targets.fires_on(TargetNoise(600, 1.6, 0.06, 400, 0.4, 0.5), None, None)
noisy_targets.silent_on(TargetNoise(600, 0.42, 0.5, 400, 0.4, 0.52), None, None)
noisy_targets.silent_on(TargetNoise(600, 0.1, 0.98, 400, 0.04, 0.99), None, None)
