"""D121."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import SharedWindows
from traindx.facts.findings import Evidence, Finding, Severity


@check("D121", Severity.WARNING, suggests=(Cause.TIME_LEAKAGE,))
def shuffled_windows(windows: SharedWindows, *, share: float = 0.3, least: int = 5) -> Finding | None:
    """Overlapping windows of one series stand on both sides of the split.

    ## Why training fails
    The window one step on holds the value to forecast among its inputs: held-out values were trained on.

    ## How it is measured
    A held-out window without its first (last) one to three steps is looked up among training windows without their
    last (first) ones, by hash. A split at one point in time shares one window at the border, a random one nearly all.

    ## What to do
    Split the series at a point in time first, then cut windows; leave a gap of one window between the parts.

    ## Thresholds
    - `share`: of held-out windows with such a neighbour, after allowing for training rows that were not sampled.
    - `least`: windows found.
    """
    found = windows.shared * windows.rows
    if found < least or windows.shared < 3 * windows.border or windows.shared < share * windows.sampled:
        return None
    return Finding(
        message=f"{windows.shared:.0%} of the {windows.role} windows overlap a training window by all but one to three "
        f"of {windows.length} steps: windows were shuffled before the split",
        strength=0.9,
        evidence=(
            Evidence(f"share of {windows.role} windows continued in training", windows.shared, share * windows.sampled),
            Evidence("share that a split in time would give", windows.border),
        ),
        fix="Split the series by time first, then cut windows from each part.",
    )


shuffled_windows.fires_on(SharedWindows("test", 400, 0.95, 0.005, 1.0, 14))
shuffled_windows.silent_on(SharedWindows("test", 400, 0.0025, 0.005, 1.0, 14))
