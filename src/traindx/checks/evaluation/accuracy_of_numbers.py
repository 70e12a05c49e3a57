"""E110."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import MetricFigure, MetricsOnTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E110", Severity.WARNING, suggests=(Cause.METRIC_MISMATCH,))
def accuracy_of_numbers(metrics: MetricsOnTrial, *, works: float = 0.3, says: float = 0.5) -> Finding | None:
    """Accuracy is measured on targets that are numbers, not classes.

    ## Why training fails
    Accuracy counts predictions that equal the target (or fall on its side of 0.5). Real numbers are hardly ever equal,
    so it stays near zero however good the model is; the training itself may be fine.

    ## How it is measured
    The targets' values and the loss say that they are numbers; the compiled accuracy is set beside the share of the
    targets' variance that the predictions explain.

    ## What to do
    Measure mae, mse or `keras.metrics.R2Score` instead.

    ## Thresholds
    - `works`: share of variance explained from which on the model evidently works.
    - `says`: accuracy above which the number misleads nobody.
    """
    if not metrics.numbers or metrics.skill is None:
        return None
    found = [f for f in metrics.figures if f.family == "accuracy" and f.value is not None]
    if not found:
        return None
    worst = min(found, key=lambda f: f.value or 0.0)
    good = metrics.skill > works
    low = (worst.value or 0.0) < says
    return Finding(
        message=f"{worst.name} {worst.value:.4g} is meaningless: the targets are numbers, of whose variance the "
        f"predictions explain {metrics.skill:.0%}",
        strength=0.95 if good and low else 0.6 if good else 0.45,
        evidence=(
            Evidence(f"{worst.name} on {worst.rows} {worst.split} rows", worst.value, says),
            Evidence("share of the targets' variance explained by the predictions", round(metrics.skill, 3), works),
        ),
        location=metrics.location,
        fix="Measure mae or R2Score; accuracy is for classes.",
    )


_LOW = MetricFigure("accuracy", "binary_accuracy", "accuracy", "train", 400, value=0.01)
accuracy_of_numbers.fires_on(MetricsOnTrial((_LOW,), "regression", "continuous", numbers=True, skill=0.9))
accuracy_of_numbers.silent_on(MetricsOnTrial((_LOW,), "binary", "binary", numbers=False, skill=0.9))
