"""Trained on half of the held-out rows: where that works and the training rows do not, the training rows are at fault."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.recipe import NotTestable, Recipe, treats

MIN_ROWS = 60


@treats(Cause.MISALIGNED_LABELS, Cause.CONSTANT_INPUTS, Cause.CONSTANT_TARGETS, Cause.LABEL_NOISE)
def train_on_held_out(recipe: Recipe) -> Recipe | NotTestable:
    """The same training on other rows, scored on the rest of them."""
    held = recipe.held
    if held is recipe.train or len(held) < MIN_ROWS or not (recipe.case.splits.keys() & {"validation", "test"}):
        return NotTestable("there are too few held-out rows to train on")
    order = np.random.default_rng(0).permutation(len(held))
    half = len(held) // 2
    train, rest = held.take(order[:half]), held.take(order[half:])
    return replace(recipe, train=train, held=rest, truth=(train.y[0], rest.y[0]), other_rows=len(held),
                   patch=None, change=f"trained on {half} held-out rows instead")  # fmt: skip
