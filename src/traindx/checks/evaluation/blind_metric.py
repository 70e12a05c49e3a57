"""E112."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import MetricFigure, MetricsOnTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E112", Severity.ERROR, suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH))
def blind_metric(metrics: MetricsOnTrial, *, same: float = 1e-6, gain: float = 0.2) -> Finding | None:
    """A metric stands at its bound whatever the model predicts.

    ## Why training fails
    A metric that gives 0 or 1 for good and bad predictions alike tells nothing; choices that follow it are blind.

    ## How it is measured
    Each metric is called on the predictions, on other rows' predictions, on a constant, on perfect predictions and on
    their contrary. *Blind*: all give the same 0 or 1. *Needs classes*: it is 0 for the model's probabilities and rises
    once these are turned into classes, so it compares raw numbers for equality.

    ## What to do
    Look for an argmax over one column, an equality of probabilities and labels, a wrong axis, a missing reset.

    ## Thresholds
    - `same`: rounding of float32 means.
    - `gain`: rise of the metric once predictions are classes.
    """
    for figure in metrics.figures:
        tried = [
            v
            for v in (figure.value, figure.shuffled, figure.constant, figure.perfect, figure.opposite)
            if v is not None
        ]
        if figure.value is None or len(tried) < 4:
            continue
        stuck = max(tried) - min(tried) <= same and min(abs(figure.value), abs(figure.value - 1)) <= same
        if stuck and figure.custom:
            return _found(
                metrics,
                figure,
                f"gives {figure.value:.3g} for perfect, constant and contrary predictions alike",
                Evidence("spread over five kinds of predictions", max(tried) - min(tried), same),
                0.93,
            )
        rise = None if figure.rounded is None else figure.rounded - figure.value
        if abs(figure.value) <= same and rise is not None and rise > gain:
            return _found(
                metrics,
                figure,
                f"is 0 for the model's output and {figure.rounded:.3f} once that is turned into "
                "classes: it compares raw numbers with labels",
                Evidence("rise with classes", rise, gain),
                0.93,
            )
    return None


def _found(metrics: MetricsOnTrial, figure: MetricFigure, what: str, evidence: Evidence, strength: float) -> Finding:
    return Finding(
        message=f"{figure.name} {what}",
        strength=strength,
        evidence=(Evidence(f"{figure.name} on {figure.rows} {figure.split} rows", figure.value), evidence),
        location=metrics.location,
        suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH) if figure.custom else (Cause.METRIC_MISMATCH,),
        fix=f"Let {figure.name} compare classes: a threshold for one output, argmax over the last axis for more.",
    )


_ONE = MetricFigure(
    "hit", "hit", "other", "train", 100, True, 1.0, perfect=1.0, constant=1.0, opposite=1.0, shuffled=1.0
)
blind_metric.fires_on(MetricsOnTrial((_ONE,), "binary"))
blind_metric.fires_on(
    MetricsOnTrial(
        (
            MetricFigure(
                "exact",
                "exact",
                "other",
                "train",
                100,
                True,
                0.0,
                rounded=0.8,
                perfect=1.0,
                constant=0.0,
                opposite=0.0,
                shuffled=0.0,
            ),
        ),
        "multi-label",
    )
)
blind_metric.silent_on(
    MetricsOnTrial(
        (
            MetricFigure(
                "acc",
                "acc",
                "accuracy",
                "train",
                100,
                True,
                0.8,
                rounded=0.8,
                perfect=1.0,
                constant=0.5,
                opposite=0.0,
                shuffled=0.5,
            ),
        ),
        "binary",
    )
)
