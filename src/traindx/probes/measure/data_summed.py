"""A few columns of which the target is put together: parts of a whole that stand among the inputs."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_labels import SummedColumns
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.facts.skill import numeric
from traindx.probes.base import probe
from traindx.probes.measure.data_learn import Scaling, learn
from traindx.probes.measure.data_view import view_of

ROWS, COLUMNS = 600, 128
PART = 0.01
"""Standard deviations of the target that a column must move it by to be a part of it."""


@probe
def summed_columns(training: Training, run: Observation) -> SummedColumns | NotMeasured | NotApplicable:
    """Least squares of the target on all columns, and what the columns it does not need tell by themselves."""
    view = view_of(training)
    if view.kind != "table" or view.image_shape or "train" not in view.sheets or view.task != "numbers":
        return NotApplicable("inputs are not a table, or the targets no numbers")
    sheet = view.sheets["train"]
    y = numeric(sheet.split.y[0][:ROWS]) if sheet.split.y else None
    x = sheet.table[:ROWS].astype(float)
    if y is None or y.size != len(y) or len(y) != len(x) or x.shape[1] > COLUMNS:
        return NotMeasured("too many columns, or several targets")
    whole = np.isfinite(x).all(axis=1) & np.isfinite(y.reshape(-1))
    x, y = x[whole], y.reshape(-1)[whole]
    if len(x) < 2 * x.shape[1] + 20 or y.std() == 0:
        return NotMeasured("too few rows with all columns, or constant targets")
    scaling = Scaling.of(x)
    z = scaling(x, clip=np.inf)
    wanted = (y - y.mean()) / y.std()
    weights = np.linalg.lstsq(z, wanted, rcond=1e-9)[0]
    left = float(((wanted - z @ weights) ** 2).mean())
    parts = np.flatnonzero(np.abs(weights) > PART)
    rest = np.setdiff1d(np.flatnonzero(np.isfinite(scaling.spread)), parts)
    others = learn(z[:, rest], wanted[:, None], 5) if left < 1e-4 and len(rest) else None
    return SummedColumns(
        len(x), x.shape[1], tuple(view.columns[j] for j in parts[:8]), len(parts), left, len(rest),
        others.skill if others is not None else 0.0,
    )  # fmt: skip
