"""D123."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import FutureColumn
from traindx.facts.findings import Evidence, Finding, Severity


@check("D123", Severity.ERROR, suggests=(Cause.TIME_LEAKAGE, Cause.TARGET_LEAKAGE))
def future_in_inputs(column: FutureColumn, *, explained: float = 0.999, by_past: float = 0.98) -> Finding | None:
    """A column is computed from the target of its own or a later row.

    ## Why training fails
    A centred moving average, a difference to the next value or a backfill puts the answer into the inputs; the
    forecast is excellent on record and impossible in use.

    ## How it is measured
    Rows stand in time order. Each column is regressed on the targets 6 rows back to 6 rows ahead; an (almost) perfect
    fit with weight on the row itself or later ones, which the past alone does not give, is a computed column. For two
    classes the number behind them is taken from a later row's column that parts them (yesterday's change, say). In
    windows of one series the target itself may stand among the steps: the window ends one step too late.

    ## What to do
    Shift the window so that it ends before the row: `rolling(3).mean().shift(1)` instead of `rolling(3, center=True)`.

    ## Thresholds
    - `explained`: variance of the column that the targets around it explain; float32 rounding leaves about 1e-6.
    - `by_past`: the same by earlier targets only; above it the series foretells itself and nothing is shown.
    """
    if column.explained < explained or column.by_past > by_past or not column.weights:
        return None
    ahead = [lag for lag, _ in column.weights if lag >= 0]
    rows = ", ".join(f"{lag:+d}" for lag, _ in column.weights)
    return Finding(
        message=f"column {column.name} is a fixed sum of the target at row offsets {rows}: it holds the value to "
        "forecast"
        if 0 in ahead
        else f"column {column.name} is a sum of later targets (row offsets {rows})",
        strength=0.97,
        evidence=(
            Evidence("variance of the column explained by targets around it", column.explained, explained),
            Evidence("explained by earlier targets alone", column.by_past, by_past),
        ),
        column=column.name,
        suggests=(Cause.TARGET_LEAKAGE, Cause.TIME_LEAKAGE) if [lag for lag, _ in column.weights] == [0] else (),
        fix=f"Compute {column.name} from earlier rows only (shift the window by one, do not centre it).",
    )


future_in_inputs.fires_on(FutureColumn(500, "smooth", ((-1, 0.33), (0, 0.33), (1, 0.33)), 1.0, 0.7))
future_in_inputs.silent_on(FutureColumn(500, "lag1", (), 0.4, 0.4))
