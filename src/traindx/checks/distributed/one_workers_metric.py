"""W401."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.workers import LocalValue, LocalValues


@check("W401", Severity.WARNING, suggests=(Cause.LOCAL_METRICS,))
def one_workers_metric(values: LocalValues, *, errors: float = 3.0, least: float = 0.03) -> Finding | None:
    """One worker's figure is reported as the figure of all.

    ## Why training fails
    A worker's rows are a part of the data, often one site or a few classes. Its precision, recall or accuracy can be
    zero, or perfect, while the model's is neither: the run is judged by a number that says little about it.

    ## How it is measured
    Figures that the same line of the program computes several times with the same weights, each on other rows (Keras
    metrics, evaluate, what replicas of a strategy return), the figure over all these rows together, and which of the
    numbers the program prints.

    ## What to do
    Reduce before you report: sum the metric's state over workers (strategy.reduce, metric.merge_state), or weight each
    worker's figure by its rows.

    ## Thresholds
    - `errors`: how many standard errors of a share over the worker's rows its figure must lie off the figure of all.
    - `least`: and how far at least, in the figure's own unit (for losses: relative).
    """
    for value in values.all:
        if not value.printed or 2 * len(value.printed) > len(value.values):
            continue
        worst = max(value.printed, key=lambda k: abs(value.values[k] - value.pooled))
        off = abs(value.values[worst] - value.pooled)
        if off >= max(least * max(1.0, abs(value.pooled)), errors * _standard_error(value, worst)):
            return _finding(value, worst)
    return None


def _standard_error(value: LocalValue, worker: int) -> float:
    p = value.pooled
    return math.sqrt(p * (1 - p) / max(1, value.rows[worker])) if 0 <= p <= 1 else 0.0


def _finding(value: LocalValue, worker: int) -> Finding:
    evidence = [Evidence(f"{value.name} of worker {k} on {value.rows[k]} rows", v) for k, v in enumerate(value.values[:8])]
    evidence.append(Evidence(f"{value.name} over all rows", value.pooled))
    return Finding(
        f"the program prints {value.name} {value.values[worker]:.4g}, which is worker {worker}'s alone; over the rows of all "
        f"{len(value.values)} workers it is {value.pooled:.4g}",
        0.9, tuple(evidence), value.location,
        fix="Reduce over all workers before reporting: strategy.reduce(SUM, ...), or the mean weighted by rows.",
    )  # fmt: skip


one_workers_metric.fires_on(LocalValues((LocalValue("accuracy", (0.96, 0.07), (199, 198), 0.53, (0,)),)))
one_workers_metric.silent_on(LocalValues((LocalValue("accuracy", (0.96, 0.07), (199, 198), 0.53, (0, 1)),)))
one_workers_metric.silent_on(LocalValues((LocalValue("accuracy", (0.94, 0.92), (199, 198), 0.93, (0,)),)))
one_workers_metric.silent_on(LocalValues((LocalValue("accuracy", (0.96, 0.07), (199, 198), 0.53, ()),)))
