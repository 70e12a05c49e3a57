"""Rows that follow each other in time, and inputs that hold earlier values of one series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from traindx.facts.data_labels import FutureColumn
from traindx.facts.observation import Split
from traindx.probes.measure.data_view import View, flat, rows_of

LAST_STEPS = 6
"""Steps at a window's end among which the target is looked for: a forecast's own step is the one after the last."""


def consecutive(view: View, role: str = "train") -> Split | None:
    """The longest run of sampled rows of a split that follow each other in the source (at most 600), or None."""
    rows = view.splits[role].rows
    if rows is None:
        return None
    breaks = np.flatnonzero(np.diff(rows) != 1)
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(rows) - 1)
    longest = int(np.argmax(ends - starts))
    run = np.arange(starts[longest], ends[longest] + 1)[:600]
    return rows_of(view.splits[role], run) if len(run) >= 60 and view.splits[role].y else None


def holds_lags(x: np.ndarray, share: float = 0.95) -> bool:
    """Whether a column repeats another column of the row before: forecasts' inputs hold earlier targets by design."""
    some = x[:, :64]
    moving = np.flatnonzero((np.diff(some, axis=0) != 0).mean(0) > share)
    return any(
        j != k and float(np.isclose(some[1:, k], some[:-1, j], rtol=1e-5).mean()) > share for j in moving for k in moving
    )


@dataclass(frozen=True)
class Carried:
    """The target of a row stands among the inputs of the next one: y = `slope` * column `column` + `offset`, exactly."""

    column: int
    slope: float
    offset: float


def carried(view: View, role: str, column: int | None = None) -> Carried | None:
    """How a split's targets come back in the next row's inputs (in `column`, or in any), as in windows of one series."""
    run = consecutive(view, role)
    if run is None or view.task != "numbers" or any(a.dtype.kind not in "biuf" for a in run.x):
        return None
    x, y = np.concatenate([flat(a) for a in run.x], axis=1).astype(float), flat(np.asarray(run.y[0])).astype(float)
    if y.shape[1] != 1 or not (np.isfinite(x).all() and np.isfinite(y).all()) or y.std() == 0:
        return None
    later, now = x[1:] - x[1:].mean(0), y[:-1, 0] - y[:-1, 0].mean()
    alike = (later * now[:, None]).sum(0) / np.maximum(np.sqrt((later**2).sum(0) * (now**2).sum()), 1e-30)
    j = int(np.argmax(np.abs(alike))) if column is None else column
    if j >= x.shape[1] or abs(alike[j]) < 1 - 1e-6:
        return None
    slope = float((later[:, j] * now).sum() / (later[:, j] ** 2).sum())
    return Carried(j, slope, float(y[:-1, 0].mean() - slope * x[1:, j].mean()))


def among_steps(view: View) -> FutureColumn | None:
    """The target as one of the last steps of its own window, where few sampled rows follow each other in the source.

    Those that do must show windows of one series, each a step later than the one before: a task to recall an input by
    heart has no such rows.
    """
    split = view.splits["train"]
    if view.kind != "sequence" or view.task != "numbers" or len(split.x) != 1 or split.x[0].ndim != 3 or split.rows is None:
        return None
    x, y = split.x[0].astype(float), flat(np.asarray(split.y[0])).astype(float)
    after = np.flatnonzero(np.diff(split.rows) == 1)
    if y.shape[1] != 1 or len(after) < 60 or not (np.isfinite(x).all() and np.isfinite(y).all()) or y.std() == 0:
        return None
    if np.isclose(x[after + 1, :-1], x[after, 1:], rtol=1e-5).mean() < 0.95:
        return None
    last = x[:, -LAST_STEPS:].reshape(len(x), -1)
    centred, wanted = last - last.mean(0), y[:, 0] - y[:, 0].mean()
    alike = (centred * wanted[:, None]).sum(0) / np.maximum(np.sqrt((centred**2).sum(0) * (wanted**2).sum()), 1e-30)
    j = int(np.argmax(np.abs(alike)))
    step, column = divmod(j, x.shape[2])
    past = float(np.corrcoef(y[after, 0], y[after + 1, 0])[0, 1] ** 2)
    name = f"{column} of step {step - len(last[0]) // x.shape[2]}"
    return FutureColumn(len(after), name, ((0, 1.0),), float(alike[j] ** 2), past, x.shape[1] * x.shape[2])


def lagged(view: View) -> bool:
    """Whether the training rows, in their order, are windows of a series or hold its lags."""

    def find() -> bool:
        run = consecutive(view)
        if run is None or not run.x or run.x[0].dtype.kind not in "biuf":
            return False
        return holds_lags(np.concatenate([flat(a) for a in run.x if a.dtype.kind in "biuf"], axis=1).astype(float))

    return view.once("lagged", find)
