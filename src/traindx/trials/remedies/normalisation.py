"""Batch normalisation whose stored statistics lag behind: a lower momentum, with the training run again."""

from __future__ import annotations

from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.recipe import NotTestable, Patch, Recipe, treats

FORGOTTEN = 0.05
"""Share of the start values left in stored statistics below which they are those of the data."""


@treats(Cause.TRAIN_INFERENCE_GAP, Cause.NORMALIZATION_LAYERS)
def quicker_statistics(recipe: Recipe) -> Recipe | NotTestable:
    """A momentum at which the start values are forgotten by the end of the run."""
    momentum = lower_momentum(recipe)
    if momentum is None:
        return NotTestable("no stored statistics lag behind their momentum")

    def apply(model: Any) -> None:
        for layer in model._flatten_layers():
            if type(layer).__name__ == "BatchNormalization":
                layer.momentum = momentum

    return recipe.with_edit(f"momentum {momentum}", apply, change=f"momentum {momentum} of batch normalisation",
                            patch=with_momentum(recipe, momentum))  # fmt: skip


def lower_momentum(recipe: Recipe) -> float | None:
    """0.9 or 0.5, whichever forgets the start in the run's steps; None where the program's own does already."""
    steps = recipe.case.curve.steps
    lag = any(x.kind == "BatchNormalization" and (x.momentum or 0.0) ** steps > FORGOTTEN for x in recipe.case.model.layers)
    return next((m for m in (0.9, 0.5) if m**steps < FORGOTTEN), None) if lag else None


def with_momentum(recipe: Recipe, momentum: float) -> Patch | None:
    """The same as source."""
    layers = [x.name for x in recipe.case.model.layers if x.kind == "BatchNormalization"]
    return recipe.patched(*((f"momentum:{name}", str(momentum)) for name in layers))
