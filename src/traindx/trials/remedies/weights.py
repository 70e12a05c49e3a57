"""Weights of rows and classes that take rows out of the loss: a class weight of 0, sample weights of 0."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.recipe import NotTestable, Recipe, treats
from traindx.trials.remedies.rows import balance


@treats(Cause.LOSS_MISMATCH, Cause.CLASS_IMBALANCE)
def no_class_of_weight_0(recipe: Recipe) -> Recipe | NotTestable:
    """Every class weighs the same, where one weighs nothing."""
    if not recipe.class_weight or all(recipe.class_weight.values()):
        return NotTestable("no class has weight 0")
    return balance(replace(recipe, class_weight=None))


@treats(Cause.CONSTANT_LOSS)
def without_weights(recipe: Recipe) -> Recipe | NotTestable:
    """All rows weigh the same, where nearly all weigh nothing."""
    weight = recipe.train.weight
    if weight is None or np.mean(weight == 0) < 0.9:
        return NotTestable("the rows have weights above 0")
    return replace(recipe, train=replace(recipe.train, weight=None), change="without sample weights",
                   patch=recipe.patched(("sample_weight", "None")))  # fmt: skip
