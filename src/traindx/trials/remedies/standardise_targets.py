"""Bring regression targets to mean 0 and spread 1; predictions are turned back before they are scored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.recipe import NotTestable, Recipe, treats

_RANGES = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "hard_sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "softsign": (-1.0, 1.0)}


@treats(Cause.UNSCALED_TARGETS, Cause.LABEL_RANGE)
def standardise_targets(recipe: Recipe) -> Recipe | NotTestable:
    """Standardise; into the output's own range where its activation is bounded."""
    if recipe.case.task != "regression" or len(recipe.train.y) != 1:
        return NotTestable("the targets are no single regression target")
    y = recipe.train.y[0].astype(np.float64)
    head = recipe.case.model.outputs[0].activation if recipe.case.model.outputs else None
    if head in _RANGES:
        low, high = _RANGES[head]
        least, most = np.nanmin(y, axis=0), np.nanmax(y, axis=0)
        factor = np.where(most > least, most - least, 1.0) / (high - low)
        centre = least - low * factor
        change, ends = f"targets scaled into {head}'s range", f":{low}:{high}"
    else:
        centre, factor = np.nanmean(y, axis=0), np.nanstd(y, axis=0)
        factor = np.where(factor > 0, factor, 1.0)
        change, ends = "targets standardised", ""
    scaled = ((y - centre) / factor).astype(np.float32)
    return replace(recipe, train=replace(recipe.train, y=(scaled,)), change=change,
                   patch=recipe.patched_data("targets", f"standardise{ends}"),
                   undo=lambda p: p * np.squeeze(factor) + np.squeeze(centre))  # fmt: skip
