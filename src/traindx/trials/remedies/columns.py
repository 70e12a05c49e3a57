"""Columns taken out of use: set to their mean, so that the model keeps its shape."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.recipe import NotTestable, Recipe, Rows, treats

MAX_NAMED = 20
"""Columns that a diff names; a longer list is no change that a reader can judge."""


def _muted(rows: Rows, columns: np.ndarray, centre: np.ndarray) -> Rows:
    x = rows.x[0].astype(np.float32)
    flat = x.reshape(len(x), -1).copy()
    flat[:, columns] = centre[columns]
    return replace(rows, x=(flat.reshape(x.shape), *rows.x[1:]))


def _number(recipe: Recipe) -> int | None:
    split = recipe.case.splits.get("train")
    name = recipe.case.column
    if name is None or split is None:
        return None
    if name in split.columns:
        return split.columns.index(name)
    digits = "".join(c for c in name if c.isdigit())
    return int(digits) if digits else None


@treats(Cause.TARGET_LEAKAGE, Cause.TIME_LEAKAGE)
def without_leak(recipe: Recipe) -> Recipe | NotTestable:
    """The suspected column carries nothing; a leak is shown by the score that falls."""
    at = _number(recipe)
    x = recipe.train.x[0]
    if at is None or x.ndim != 2 or at >= x.shape[1]:
        return NotTestable("no single column is suspected")
    columns, centre = np.asarray([at]), np.nanmean(x.astype(np.float32), axis=0)
    return replace(recipe, train=_muted(recipe.train, columns, centre), held=_muted(recipe.held, columns, centre),
                   falls=True, patch=recipe.patched_data("inputs", f"mute:{at}"),
                   change=f"column {recipe.case.column} taken out")  # fmt: skip


@treats(Cause.UNINFORMATIVE_FEATURES)
def without_noise(recipe: Recipe) -> Recipe | NotTestable:
    """Only the columns that say something about the target alone (correlation ratio beyond 3 standard errors)."""
    x = recipe.train.x[0]
    if x.ndim != 2 or x.shape[1] < 3 or len(recipe.train.x) != 1:
        return NotTestable("the inputs are no table of columns")
    values = np.nan_to_num(x.astype(np.float64))
    y = np.nan_to_num(recipe.truth[0].astype(np.float64)).reshape(len(x), -1)
    targets = y if y.shape[1] > 1 else (y == np.unique(y)[None, :50]).astype(float) if len(np.unique(y)) <= 50 else y
    spread = values.std(0) * 1.0
    centred = (values - values.mean(0)) / np.where(spread > 0, spread, 1.0)
    against = (targets - targets.mean(0)) / np.where(targets.std(0) > 0, targets.std(0), 1.0)
    strength = np.abs(centred.T @ against / len(x)).max(axis=1)
    limit = 3.5 / np.sqrt(len(x))
    mute = np.flatnonzero(strength < limit)
    if not 0 < len(mute) < x.shape[1]:
        return NotTestable("columns cannot be told apart: all or none relate to the target")
    centre = values.mean(0)
    columns = ", ".join(map(str, mute))
    return replace(recipe, train=_muted(recipe.train, mute, centre), held=_muted(recipe.held, mute, centre),
                   patch=recipe.patched_data("inputs", f"mute:{columns}") if len(mute) <= MAX_NAMED else None,
                   change=f"{len(mute)} columns without relation to the target taken out")  # fmt: skip
