"""E111."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import MetricFigure, MetricsOnTrial
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity


@check("E111", Severity.ERROR, suggests=(Cause.METRIC_MISMATCH, Cause.BROKEN_METRIC))
def metric_differs(
    metrics: MetricsOnTrial, *, apart: float = 0.1, logits: float = 0.05, least_rows: int = 50
) -> Finding | NotApplicable | None:
    """A metric gives another value than its definition on the same predictions and labels.

    ## Why training fails
    The model may be fine: the metric reads its output or its labels wrongly (classes as numbers, labels -1/1 as 0/1, a
    threshold of 0.5 on logits, one-hot as sparse, probabilities as classes).

    ## How it is measured
    The compiled metric is called on sampled rows with the last weights; the same rows are scored with scikit-learn's
    definitions: the class of a row is its greatest output, or the side of the threshold that fits the output (0 for
    logits, tanh and labels -1/1). Precision, recall and F1 may follow any usual averaging. It is also called on perfect
    predictions, where it has to be 1.

    ## What to do
    Take the metric that fits the labels: `sparse_categorical_accuracy` for class numbers, `categorical_accuracy` for
    one-hot, `BinaryAccuracy(threshold=0.0)` for logits, a sign comparison for -1/1.

    ## Thresholds
    - `apart`: difference from the recomputed value; both come from the same rows, so any difference is real, and from a
      tenth on it misleads.
    - `logits`: the same for a threshold of 0.5 on logits, which moves the value little.
    - `least_rows`: fewer rows turn one row into a large difference.
    """
    if metrics.numbers or metrics.task not in ("binary", "multi-class", "multi-label"):
        return NotApplicable("the targets are no classes")
    worst: tuple[float, MetricFigure] | None = None
    for figure in metrics.figures:
        if (
            figure.value is None
            or figure.truth is None
            or figure.rows < min(least_rows, 4 if figure.custom else least_rows)
        ):
            continue
        low, high = figure.truth
        off = max(low - figure.value, figure.value - high)
        if figure.custom and figure.value > 0.5 and low - 0.02 <= 1 - figure.value <= high + 0.02:
            continue  # the program's own metric reads the outputs the other way round (distances) and finds them good
        limit = logits if metrics.from_logits and metrics.units == 1 and figure.family == "accuracy" else apart
        if off > limit and _unfit(figure, metrics, off) and (worst is None or off > worst[0]):
            worst = off, figure
    return None if worst is None else _found(metrics, *worst)


def _unfit(figure: MetricFigure, metrics: MetricsOnTrial, off: float) -> bool:
    """Averages over classes that a program's own metric may take differently are left alone unless far apart."""
    if figure.family == "accuracy":
        return not (metrics.targets == "multi-hot" and off < 0.3)
    if figure.custom:
        return off > 0.3
    return metrics.targets in ("binary", "signed")


def _found(metrics: MetricsOnTrial, off: float, figure: MetricFigure) -> Finding:
    low, high = figure.truth or (0.0, 0.0)
    true = f"{low:.3f}" if high - low < 0.005 else f"{low:.3f} to {high:.3f}"
    evidence = [
        Evidence(f"{figure.name} as compiled, on {figure.rows} {figure.split} rows", figure.value),
        Evidence(f"{figure.family} recomputed on the same rows", low if high - low < 0.005 else true),
    ]
    if figure.perfect is not None and figure.perfect < 0.98:
        evidence.append(Evidence(f"{figure.name} of perfect predictions", figure.perfect, 1.0))
    return Finding(
        message=f"{figure.name} is {figure.value:.3f}, but the {figure.family} of these predictions is {true}",
        strength=min(0.97, 0.75 + off) if figure.rows >= 50 else 0.8,
        evidence=tuple(evidence),
        location=metrics.location,
        suggests=(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH) if figure.custom else (Cause.METRIC_MISMATCH,),
        fix=_fix(figure, metrics),
    )


def _fix(figure: MetricFigure, metrics: MetricsOnTrial) -> str:
    if figure.custom:
        return f"Compare {figure.name} with scikit-learn on a hundred rows; turn probabilities into classes first."
    if metrics.targets == "signed":
        return "Compare signs: keras.ops.equal(keras.ops.sign(y_pred), y_true), or code the labels 0/1."
    if metrics.targets == "classes":
        return "Use sparse_categorical_accuracy for class numbers."
    if metrics.targets == "one-hot":
        return "Use categorical_accuracy for one-hot labels."
    return "Use BinaryAccuracy(threshold=0.0) for logits, or give probabilities to the metric."


_SIGNED = MetricFigure("accuracy", "binary_accuracy", "accuracy", "validation", 500, value=0.46, truth=(0.99, 0.99))
metric_differs.fires_on(MetricsOnTrial((_SIGNED,), "binary", "signed", head="tanh"))
metric_differs.silent_on(
    MetricsOnTrial(
        (MetricFigure("a", "binary_accuracy", "accuracy", "train", 500, value=0.9, truth=(0.91, 0.91)),), "binary"
    )
)
