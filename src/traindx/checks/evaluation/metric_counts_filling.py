"""E148."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import StepAccuracies
from traindx.facts.findings import Evidence, Finding, Severity


@check("E148", Severity.ERROR, suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH))
def metric_counts_filling(
    seen: StepAccuracies, *, apart: float = 0.15, same: float = 0.02, most: float = 0.5
) -> Finding | None:
    """An accuracy over the steps of sequences counts the steps that only fill the rows.

    ## Why training fails
    It may not: the number is of something else. Where the loss leaves the filling out, what the model says there is
    arbitrary, and counts as wrong; where it does not, the filling is learnt at once, and hides how the real steps fare.

    ## How it is measured
    Filling are steps at the ends of rows whose input is one value that is nowhere else, and whose target is always the
    same. The accuracy of the last predictions over all steps and over the real ones is set beside the logged one. Masks
    (`mask_zero`) and weights that leave the filling out show in the logged value.

    ## What to do
    Keras' metrics: `Embedding(mask_zero=True)` or `Masking`, or `weighted_metrics` and `sample_weight` 0 for filling. A
    metric of your own: multiply hits and counts by `y_true != padding`.

    ## Thresholds
    - `apart`: difference of both accuracies, from which on one misleads about the other.
    - `same`: of the logged value and that over all steps: the weights move within the last epoch. What is left of `apart`
      tells the two apart.
    - `most`: share of filling from which on it makes up the greater part of a value that is too high.
    """
    gap = seen.over_all - seen.over_real
    if abs(gap) < apart or (gap > 0 and seen.filling < most):
        return None
    if any(abs(value - seen.over_real) <= same for _, value in seen.logged):
        return None  # the program shows the accuracy of the real steps as well
    for name, value in seen.logged:
        if name not in seen.others and abs(value - seen.over_all) <= same and (gap < 0 or value - seen.over_real >= apart):
            return _found(seen, name, value)
    return None


def _found(seen: StepAccuracies, name: str, value: float) -> Finding:
    high = seen.over_all > seen.over_real
    own = name in seen.own
    how = "nearly all of them right" if high else "most of them predicted otherwise"
    return Finding(
        message=f"{name} ({value:.3f}, {seen.role}) counts {seen.filling:.0%} of steps that only fill the rows, "
        f"{how}: the accuracy of the real steps is {seen.over_real:.3f}",
        strength=0.7 if high else 0.93,
        evidence=(
            Evidence("accuracy over all steps", seen.over_all),
            Evidence("accuracy over the real steps", seen.over_real),
            Evidence("share of steps that only fill the rows", seen.filling),
        ),
        location=seen.location,
        severity=Severity.WARNING if high else Severity.ERROR,
        suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH) if own else (Cause.METRIC_MISMATCH, Cause.BROKEN_METRIC),
        fix="Multiply the metric's hits and counts by y_true != padding." if own
        else "Leave the filling out: mask_zero=True, or weighted_metrics with sample_weight 0 for filling steps.",
    )  # fmt: skip


metric_counts_filling.fires_on(StepAccuracies("validation", 4000, 0.92, 0.07, 0.91, (("tag_acc", 0.071),), own=("tag_acc",)))
metric_counts_filling.fires_on(StepAccuracies("validation", 9000, 0.8, 0.92, 0.6, (("accuracy", 0.921),)))
metric_counts_filling.silent_on(StepAccuracies("validation", 9000, 0.8, 0.92, 0.6, (("accuracy", 0.61),)))
metric_counts_filling.silent_on(StepAccuracies("validation", 9000, 0.8, 0.92, 0.6, (("accuracy", 0.92), ("masked_acc", 0.6))))
metric_counts_filling.silent_on(StepAccuracies("validation", 9000, 0.8, 0.92, 0.6, (("row_acc", 0.92),), others=("row_acc",)))
metric_counts_filling.silent_on(StepAccuracies("validation", 9000, 0.4, 0.85, 0.65, (("accuracy", 0.85),)))
metric_counts_filling.silent_on(StepAccuracies("train", 9000, 0.8, 0.98, 0.95, (("accuracy", 0.98),)))
