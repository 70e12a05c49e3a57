"""Probe of time: does training reach past the start of the held-out rows, in data where that matters."""

from __future__ import annotations

import re

import numpy as np

from traindx.facts.data_splits import TimeOrder
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_view import View, view_of

_WORDS = re.compile(r"(^|_|\b)(date|time|timestamp|datetime|epoch_s|unix)(_|\b|$)", re.IGNORECASE)


@probe
def time_order(training: Training, run: Observation) -> TimeOrder | NotMeasured | NotApplicable:
    """How many training rows are later than the first held-out row, by a column named like a time, or an even clock."""
    view = view_of(training)
    train = view.sheets.get("train")
    role = next((r for r in ("validation", "test") if r in view.sheets and view.sheets[r].n >= 15), None)
    if train is None or role is None:
        return NotMeasured("no held-out split with 15 rows")
    if len(view.columns) != train.table.shape[1] or view.kind != "table":
        return NotApplicable("the columns have no names")
    for j, name in enumerate(view.columns):
        column, other = train.table[:, j].astype(float), view.sheets[role].table[:, j].astype(float)
        column, other = column[np.isfinite(column)], other[np.isfinite(other)]
        named = bool(_WORDS.search(name))
        if len(np.unique(column)) < 20 or len(other) < 15:
            continue
        if not named and not _beside_others(train.table, j):
            continue
        if not named and not _clock(column, other, (train.total + view.sheets[role].total) / (len(column) + len(other))):
            continue
        start = float(np.quantile(other, 0.02))
        return TimeOrder(
            role,
            name,
            float((column > start).mean()),
            (float(column.min()), float(column.max())),
            (float(other.min()), float(other.max())),
            named,
            _dependent(view, j),
        )
    return NotApplicable("no column is named like a time or counts evenly")


def _clock(a: np.ndarray, b: np.ndarray, sampled: float, least: int = 100) -> bool:
    """Whether the values of both splits together count in even steps, each once: a clock, or a row number.

    `sampled` is how many rows stand for each value; the steps are then whole multiples of the true one.
    """
    values = np.sort(np.concatenate([a, b]))
    gaps = np.diff(values)
    if len(values) < least or (gaps <= 0).mean() > 0.01:
        return False
    step = float(np.median(gaps[gaps <= np.quantile(gaps, 0.3)]))
    times = gaps / step
    even = np.abs(times - np.round(times)) < 0.05 * np.maximum(1.0, times)
    return bool(even.mean() > 0.98 and np.median(times) <= 2 * sampled and (times < 1.05).mean() > 0.2)


def _beside_others(table: np.ndarray, j: int) -> bool:
    """Whether other columns vary on their own: an even column alone, or beside its own powers, is what is to be learned from."""
    order = np.argsort(table[:, j], kind="stable")
    for k in range(table.shape[1]):
        values = table[order, k].astype(float)
        spread = float(np.nanvar(values))
        if k != j and spread > 0 and float(np.nanmean(np.diff(values) ** 2)) / 2 > 0.01 * spread:
            return True
    return False


def _dependent(view: View, j: int) -> float:
    """Correlation of the targets of rows that follow each other in time, or 0 when within chance (4 sigma)."""
    sheet = view.sheets["train"]
    if sheet.target is None or sheet.target.kind == "many":
        return 0.0
    good = np.isfinite(sheet.table[:, j]) & np.isfinite(sheet.target.coded).all(1)
    order = np.argsort(sheet.table[good, j], kind="stable")
    y = sheet.target.coded[good][order]
    y = y - y.mean(0)
    total = float((y**2).sum())
    if len(y) < 30 or total == 0:
        return 0.0
    alike = float((y[1:] * y[:-1]).sum()) / total
    return alike if alike > 4 / np.sqrt(len(y)) else 0.0
