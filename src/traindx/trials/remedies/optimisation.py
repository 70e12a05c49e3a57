"""Clipping, optimizer, batch size, length of training."""

from __future__ import annotations

import math
from dataclasses import replace

from traindx.facts.causes import Cause
from traindx.trials.recipe import NotTestable, Patch, Recipe, treats

LONGER = 6


@treats(Cause.EXPLODING_GRADIENTS, complete=True)
def clip_gradients(recipe: Recipe) -> Recipe:
    """The gradient's global norm cut at 1."""
    return replace(recipe, clip=1.0, change="gradients clipped to norm 1",
                   patch=recipe.patched(("global_clipnorm", "1.0")))  # fmt: skip


@treats(Cause.OPTIMIZER_UNSUITED, complete=True)
def adam(recipe: Recipe) -> Recipe | NotTestable:
    """Adam at its usual rate."""
    own = recipe.case.model.optimizer
    if own is not None and own.kind == "Adam":
        return NotTestable("the optimizer is Adam already")
    return replace(recipe, optimizer=("Adam", {"learning_rate": 1e-3}), change="optimizer Adam(0.001)",
                   patch=recipe.patched(("optimizer", "Adam(learning_rate=0.001)")))  # fmt: skip


@treats(Cause.BATCH_SIZE)
def batch_size(recipe: Recipe) -> list[Recipe] | NotTestable:
    """32 and 128 rows a step, for as many epochs."""
    n, now = len(recipe.train), recipe.batch
    sizes = [b for b in (32, 128) if b < n and not 0.5 < b / now < 2]
    if not sizes:
        return NotTestable(f"batches of {now} rows are of usual size for {n} rows")
    steps = {b: max(1, math.ceil(recipe.steps * now / b)) for b in sizes}
    return [replace(recipe, batch=b, steps=min(steps[b], 20 * recipe.steps), change=f"batch size {b}",
                    patch=_batches(recipe, b)) for b in sizes]  # fmt: skip


def _batches(recipe: Recipe, size: int) -> Patch | None:
    """The argument of `fit`, or the pipeline's rows in new batches."""
    split = recipe.case.splits.get("train")
    if split is not None and split.source == "tf.data":
        return recipe.patched(("pipeline", f"unbatch().batch({size})"))
    return recipe.patched(("batch_size", str(size)))


@treats(Cause.TOO_FEW_EPOCHS, Cause.UNDERFITTING)
def longer(recipe: Recipe) -> Recipe | NotTestable:
    """Several times the program's own steps."""
    if recipe.steps < 0.8 * recipe.case.curve.steps:
        return NotTestable("the budget does not reach even the program's own number of steps")
    return replace(recipe, steps=LONGER * recipe.steps, change=f"{LONGER} times the epochs", patch=_epochs(recipe))


def _epochs(recipe: Recipe) -> Patch | None:
    asked = recipe.case.curve.asked_epochs
    return recipe.patched(("epochs", str(LONGER * asked))) if asked else None


@treats(Cause.EARLY_STOPPING_TOO_SOON)
def without_stopping(recipe: Recipe) -> Recipe | NotTestable:
    """All epochs that the program asked for."""
    curve = recipe.case.curve
    done = curve.epochs_done
    if recipe.steps < 0.8 * curve.steps:
        return NotTestable("the budget does not reach even the program's own number of steps")
    if not curve.asked_epochs or done >= curve.asked_epochs:
        return NotTestable("the training was not stopped early")
    times = min(20.0, curve.asked_epochs / max(1, done))
    return replace(recipe, steps=int(recipe.steps * times), change=f"{int(done * times)} epochs, not stopped",
                   patch=recipe.patched(("patience", str(curve.asked_epochs))))  # fmt: skip
