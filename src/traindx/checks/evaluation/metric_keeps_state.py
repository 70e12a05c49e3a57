"""E113."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import MetricFigure, MetricsOnTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E113", Severity.WARNING, suggests=(Cause.BROKEN_METRIC,))
def metric_keeps_state(
    metrics: MetricsOnTrial, *, again: float = 1e-3, batches: float = 0.15, logged: float = 0.1, shown: float = 1e-4
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
    - `shown`: what Keras' log shows of a metric, four decimals; smaller differences are rounding, or a term that keeps
      from dividing by 0.
    """
    for figure in metrics.figures:
        if figure.custom and figure.value is not None:
            found = _judge(figure, figure.value, again, batches, logged, shown)
            if found is not None:
                return _found(metrics, figure.name, *found)
    return None


Wrong = tuple[str, float, float, float, Severity]


def _judge(f: MetricFigure, value: float, again: float, batches: float, logged: float, shown: float) -> Wrong | None:
    """(what is wrong, the number got, the number expected, strength, severity)."""
    size, unit = max(1e-9, abs(value)), 0 <= value <= 1
    if f.again is not None and abs(f.again - value) / max(1.0, size) > again:
        what = f"gives {value:.4g} and, after a reset, {f.again:.4g} for the same rows"
        return what, value, f.again, 0.93, Severity.ERROR
    if f.batched is None:
        return None
    if f.last is not None and abs(f.batched - value) > max(shown, 0.01 * size) and abs(f.batched - f.last) <= 1e-7 * max(1.0, size):
        what = f"shows the last batch only ({f.last:.3f}), not all rows ({value:.3f})"
        return what, f.batched, value, 0.93, Severity.ERROR
    if unit and abs(f.batched - value) > batches:
        what = f"gives {f.batched:.3f} over batches and {value:.3f} over all rows at once"
        return what, f.batched, value, 0.75, Severity.WARNING
    if unit and f.comparable and f.logged is not None and abs(f.logged - f.batched) > logged:
        what = f"is logged as {f.logged:.3f} but gives {f.batched:.3f} on the same rows and weights"
        return what, f.logged, f.batched, 0.85, Severity.ERROR
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
    return MetricsOnTrial((MetricFigure("f1", "F1", "f1", "validation", 200, True, **values),), "binary")  # type: ignore[arg-type]


metric_keeps_state.fires_on(_example(value=0.8, again=0.9))
metric_keeps_state.fires_on(_example(value=0.8, again=0.8, batched=0.5))
metric_keeps_state.fires_on(_example(value=0.8, again=0.8, batched=0.75, last=0.75))
metric_keeps_state.silent_on(_example(value=0.8, again=0.8, batched=0.79))
metric_keeps_state.silent_on(_example(value=3e-10, again=3e-10, batched=2e-10, last=2e-10))
