"""D128."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import TimeOrder
from traindx.facts.findings import Evidence, Finding, Severity


@check("D128", Severity.WARNING, suggests=(Cause.TIME_LEAKAGE,))
def training_rows_from_later(order: TimeOrder, *, after: float = 0.2, dependent: float = 0.3) -> Finding | None:
    """Training rows are later than held-out rows, in data where neighbours in time are alike.

    ## Why training fails
    The model is trained on the hours around each held-out row and only has to fill a gap; asked about the future, as
    it will be in use, it does far worse.

    ## How it is measured
    By a column named like a date or time, or one that counts in even steps over all splits together
    beside columns that vary on their own: the share of
    training rows later than nearly all held-out rows' start, and the correlation of targets that follow each other in
    time. Rows that are independent in time raise nothing.

    ## What to do
    Split at a point in time (`TimeSeriesSplit`), with a gap as long as the memory of the series.

    ## Thresholds
    - `after`: share of training rows later than the start of the held-out rows (its 2 % quantile).
    - `dependent`: correlation of the targets of neighbouring rows; beyond it a neighbour tells a tenth of the variance.
    """
    if order.after < after or order.dependent < dependent:
        return None
    return Finding(
        message=f"{order.after:.0%} of the training rows are later (by {order.column}) than the start of the "
        f"{order.role} rows, and neighbours in time have like targets (correlation {order.dependent:.2f})",
        strength=min(0.9, 0.5 + order.dependent / 2),
        evidence=(
            Evidence("share of training rows later than the start of the held-out rows", order.after, after),
            Evidence("correlation of neighbouring targets", order.dependent, dependent),
        ),
        column=order.column,
        fix="Split at a point in time and leave a gap before the held-out rows.",
    )


training_rows_from_later.fires_on(TimeOrder("test", "date", 0.8, (0, 100), (0, 99), True, 0.9))
training_rows_from_later.silent_on(TimeOrder("test", "date", 0.0, (0, 80), (80, 99), True, 0.9))
