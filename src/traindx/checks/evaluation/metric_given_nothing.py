"""E132."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import HandMetric, HandMetrics
from traindx.facts.findings import Evidence, Finding, Severity


@check("E132", Severity.ERROR, suggests=(Cause.BROKEN_METRIC, Cause.TOO_LITTLE_DATA))
def metric_given_nothing(metrics: HandMetrics, *, reads: int = 2) -> Finding | None:
    """A metric was asked for its value, and nothing had ever been given to it.

    ## Why training fails
    It does not: the 0 that is printed is no loss and no accuracy. The loop that updates the metric never ran: the data
    set was empty (`drop_remainder` with fewer rows than a batch, a filter, a generator used up), or the metric was reset
    between update and reading.

    ## How it is measured
    Each time the program asks for the value of a mean (losses and accuracies are means) it is noted whether it counts
    anything. It fires where a line never got a value.

    ## What to do
    Iterate over the data once and count the batches; drop `drop_remainder` for validation.

    ## Thresholds
    - `reads`: a single empty reading may be a look at the start.
    """
    empty = [m for m in metrics.metrics if m.reads >= reads and m.empty == m.reads]
    if not empty:
        return None
    names = ", ".join(dict.fromkeys(m.name for m in empty))
    return Finding(
        message=f"{names}: asked for {empty[0].reads} times, each time nothing had been given to it: its 0 says nothing",
        strength=0.93,
        evidence=(
            Evidence(f"values of {empty[0].name} that were asked for", empty[0].reads, reads),
            Evidence("of these with nothing given", empty[0].empty, empty[0].reads),
        ),
        location=empty[0].location,
        fix="Count the batches of the data that this metric is to see; keep the last, smaller batch (drop_remainder=False).",
    )


metric_given_nothing.fires_on(HandMetrics((HandMetric("val_acc", "SparseCategoricalAccuracy", reads=6, empty=6),)))
metric_given_nothing.silent_on(HandMetrics((HandMetric("val_acc", "SparseCategoricalAccuracy", reads=6, empty=1),)))
metric_given_nothing.silent_on(HandMetrics((HandMetric("val_acc", "Mean", reads=1, empty=1),)))
