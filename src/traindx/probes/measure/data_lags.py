"""Rows that follow each other in time, and inputs that hold earlier values of one series."""

from __future__ import annotations

import numpy as np

from traindx.facts.observation import Split
from traindx.probes.measure.data_view import View, flat, rows_of


def consecutive(view: View) -> Split | None:
    """The longest run of sampled training rows that follow each other in the source (at most 600), or None."""
    rows = view.splits["train"].rows
    if rows is None:
        return None
    breaks = np.flatnonzero(np.diff(rows) != 1)
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(rows) - 1)
    longest = int(np.argmax(ends - starts))
    run = np.arange(starts[longest], ends[longest] + 1)[:600]
    return rows_of(view.splits["train"], run) if len(run) >= 60 and view.splits["train"].y else None


def holds_lags(x: np.ndarray, share: float = 0.95) -> bool:
    """Whether a column repeats another column of the row before: forecasts' inputs hold earlier targets by design."""
    some = x[:, :64]
    moving = np.flatnonzero((np.diff(some, axis=0) != 0).mean(0) > share)
    return any(
        j != k and float(np.isclose(some[1:, k], some[:-1, j], rtol=1e-5).mean()) > share for j in moving for k in moving
    )


def lagged(view: View) -> bool:
    """Whether the training rows, in their order, are windows of a series or hold its lags."""

    def find() -> bool:
        run = consecutive(view)
        if run is None or not run.x or run.x[0].dtype.kind not in "biuf":
            return False
        return holds_lags(np.concatenate([flat(a) for a in run.x if a.dtype.kind in "biuf"], axis=1).astype(float))

    return view.once("lagged", find)
