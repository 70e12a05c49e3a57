"""Rows that are trained on and judged too, taken out of the training: a score that they flattered falls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from traindx.engines.rowhash import row_hashes
from traindx.facts.causes import Cause
from traindx.trials.recipe import NotTestable, Recipe, treats

LEFT = 0.5
"""Share of the training rows that must stay: with fewer, the score falls because there is less to learn from."""


@treats(Cause.SPLIT_OVERLAP)
def without_held_rows(recipe: Recipe) -> Recipe | NotTestable:
    """Only the training rows that are not held out as well."""
    if recipe.held is recipe.train or recipe.case.splits.get("validation") is None:
        return NotTestable("the program held out no rows")
    good = np.flatnonzero(~np.isin(row_hashes(recipe.train.x), row_hashes(recipe.held.x)))
    out = len(recipe.train) - len(good)
    if not out:
        return NotTestable("no sampled training row is held out too")
    if len(good) < LEFT * len(recipe.train):
        return NotTestable("too few training rows are left that are not held out")
    return replace(recipe, train=recipe.train.take(good), truth=(recipe.truth[0][good], recipe.truth[1]), falls=True,
                   patch=recipe.patched_data("rows", "not-held"), change=f"{out} training rows left out that are held out too")  # fmt: skip
