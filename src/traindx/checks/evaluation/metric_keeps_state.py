"""E113."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import MetricsOnTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E113", Severity.WARNING, suggests=(Cause.BROKEN_METRIC,))
def metric_keeps_state(
    metrics: MetricsOnTrial, *, again: float = 1e-3, batches: float = 0.15, logged: float = 0.1
) -> Finding | None:
    """A metric of the program's own counts wrongly over batches or epochs.

    ## Why training fails
    Ratios such as F1 averaged over batches are not the ratio over the epoch, a state that is not reset mixes epochs,
    and one that is overwritten shows the last batch only.

    ## How it is measured
    The metric is called on the same rows twice with a reset between, at once and in batches of the program's size, and
    its recomputed value is set beside the logged one where the weights and all rows are the same.

    ## What to do
    Keep sums in `update_state`, divide in `result`, clear every variable in `reset_state`; or use a Keras metric.

    ## Thresholds
    - `again`: relative difference after a reset; the rows are the same.
    - `batches`: difference between batches and all rows at once, for metrics between 0 and 1.
    - `logged`: the same for the logged value.
    """
    for figure in metrics.figures:
        if not figure.custom or figure.value is None:
            continue
        size = max(1e-9, abs(figure.value))
        if figure.again is not None and abs(figure.again - figure.value) / max(1.0, size) > again:
            return _found(
                metrics,
                figure.name,
                f"gives {figure.value:.4g} and, after a reset, {figure.again:.4g} for the same rows",
                figure.value,
                figure.again,
                0.93,
                Severity.ERROR,
            )
        unit = 0 <= figure.value <= 1
        if unit and figure.batched is not None and abs(figure.batched - figure.value) > batches:
            return _found(
                metrics,
                figure.name,
                f"gives {figure.batched:.3f} over batches and {figure.value:.3f} over all rows at once",
                figure.batched,
                figure.value,
                0.75,
                Severity.WARNING,
            )
        both = figure.logged is not None and figure.batched is not None
        if unit and figure.comparable and both and abs((figure.logged or 0) - (figure.batched or 0)) > logged:
            return _found(
                metrics,
                figure.name,
                f"is logged as {figure.logged:.3f} but gives {figure.batched:.3f} on the same rows and weights",
                figure.logged or 0.0,
                figure.batched or 0.0,
                0.85,
                Severity.ERROR,
            )
    return None


def _found(
    metrics: MetricsOnTrial, name: str, what: str, got: float, expected: float, strength: float, severity: Severity
) -> Finding:
    return Finding(
        message=f"{name} {what}",
        strength=strength,
        evidence=(Evidence(name, got, expected),),
        location=metrics.location,
        severity=severity,
        fix="Keep sums in update_state, divide in result, clear every variable in reset_state.",
    )


def _example(**values: float) -> MetricsOnTrial:
    from traindx.facts.evaluated import MetricFigure

    return MetricsOnTrial((MetricFigure("f1", "F1", "f1", "validation", 200, True, **values),), "binary")  # type: ignore[arg-type]


metric_keeps_state.fires_on(_example(value=0.8, again=0.9))
metric_keeps_state.fires_on(_example(value=0.8, again=0.8, batched=0.5))
metric_keeps_state.silent_on(_example(value=0.8, again=0.8, batched=0.79))
