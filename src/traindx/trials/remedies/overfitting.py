"""Against overfitting: dropout and weight penalty, a smaller model, fewer epochs; judged by the held-out log score."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials import surgery
from traindx.trials.recipe import NotTestable, Patch, Recipe, treats

UNITED = ("Dense", "LSTM", "GRU", "SimpleRNN")


@treats(Cause.OVERFITTING, Cause.TOO_LARGE_MODEL)
def stop_earlier(recipe: Recipe) -> list[Recipe] | NotTestable:
    """A fifth and a twentieth of the steps: where the held-out score is better then, the rest was overfitting."""
    if recipe.steps < 40:
        return NotTestable("the training is too short to stop earlier")
    parts = [max(20, recipe.steps // 5), max(20, recipe.steps // 20)]
    return [replace(recipe, steps=s, measure="loss", patch=_epochs(recipe, s), change=f"stopped after {s} of {recipe.steps} steps")
            for s in dict.fromkeys(parts)]  # fmt: skip


def _epochs(recipe: Recipe, steps: int) -> Patch | None:
    """As many whole epochs, at least one; None where the program ran but one.

    Arms may be shorter than the program: what was tried is a number of steps, and the program only overfits longer.
    """
    asked, done = recipe.case.curve.asked_epochs, max(recipe.steps, recipe.case.curve.steps)
    if not asked or asked < 2:
        return None
    return recipe.patched(("epochs", str(max(1, min(asked - 1, round(asked * steps / done))))))


@treats(Cause.TOO_LARGE_MODEL)
def narrower(recipe: Recipe) -> Recipe | NotTestable:
    """Hidden layers of an eighth of the width."""
    where = recipe.case.model.outputs[0].layer if recipe.case.model.outputs else None

    def change(layer: Any) -> dict[str, Any] | None:
        return {"units": max(4, layer.units // 8)} if hasattr(layer, "units") and layer.name != where else None

    sized = [x for x in recipe.case.model.layers if x.kind in UNITED and x.units and x.name != where]
    units = [(f"units:{x.name}", str(max(4, (x.units or 0) // 8))) for x in sized]

    def apply(model: Any) -> Any:
        made = surgery.rebuild(model, change)
        if isinstance(made, NotTestable):
            raise ValueError(made.why)
        return made

    return recipe.with_edit("narrower", apply, measure="loss", patch=recipe.patched(*units), change="hidden layers an eighth as wide")
