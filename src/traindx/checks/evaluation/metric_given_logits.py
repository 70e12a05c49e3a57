"""E133."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import HandMetric, HandMetrics
from traindx.facts.findings import Evidence, Finding, Severity


@check("E133", Severity.ERROR, suggests=(Cause.METRIC_MISMATCH,))
def metric_given_logits(
    metrics: HandMetrics, *, apart: float = 0.05, outside: float = 0.5, least_rows: int = 50
) -> Finding | None:
    """A metric that cuts probabilities at a threshold was given logits.

    ## Why training fails
    It does not: the model may be fine. A logit of 0.5 is a probability of 0.62, so rows in between are called negative:
    recall is too low, precision looks better than it is.

    ## How it is measured
    The labels and predictions that the program last gave to a Keras metric by its own `update_state`. They are logits
    where they lie outside 0 to 1 and the loss takes them for logits, or where most of them lie outside. The metric is
    computed at its own threshold and at 0, where logits are to be cut.

    ## What to do
    Give it `keras.ops.sigmoid(logits)`, or set its threshold to 0.

    ## Thresholds
    - `apart`: difference between the two; as for compiled metrics (`metric-differs`).
    - `outside`: share of predictions outside 0 to 1 where the loss is unknown; a least-squares fit to labels of 0 and 1
      stays within for most rows.
    - `least_rows`: fewer rows turn one row into a large difference.
    """
    for m in metrics.metrics:
        if m.value is None or m.at_zero is None or m.threshold is None or not 0 < m.threshold < 1 or m.rows < least_rows:
            continue
        logits = m.outside > outside or (metrics.from_logits and m.outside > 0)
        if logits and abs(m.value - m.at_zero) > apart:
            return _found(m, apart)
    return None


def _found(m: HandMetric, apart: float) -> Finding:
    return Finding(
        message=f"{m.name} cuts logits at {m.threshold:g}: {m.value:.3f}, where their sign gives {m.at_zero:.3f}",
        strength=0.93,
        evidence=(
            Evidence(f"{m.name} at its threshold, on {m.rows} rows", m.value),
            Evidence(f"{m.name} of the same rows cut at 0", m.at_zero),
            Evidence("share of predictions that are no probabilities", m.outside),
        ),
        location=m.location,
        fix=f"Give {m.name} sigmoid(logits), or make it with a threshold of 0.",
    )


_RECALL = HandMetric("recall", "Recall", 2000, 0.5, 0.52, 0.72, 0.6)
metric_given_logits.fires_on(HandMetrics((_RECALL,)))
metric_given_logits.fires_on(HandMetrics((HandMetric("recall", "Recall", 2000, 0.5, 0.52, 0.72, 0.3),), from_logits=True))
metric_given_logits.silent_on(HandMetrics((HandMetric("recall", "Recall", 2000, 0.5, 0.52, 1.0, 0.0),), from_logits=True))
metric_given_logits.silent_on(HandMetrics((HandMetric("recall", "Recall", 2000, 0.5, 0.52, 0.9, 0.2),)))
