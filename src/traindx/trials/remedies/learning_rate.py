"""The learning rate times 1/1000 to 1000: a range test; the rate is a variable of one compiled loop."""

from __future__ import annotations

from dataclasses import replace

from traindx.facts.causes import Cause
from traindx.trials.recipe import NotTestable, Recipe, treats


def _variants(recipe: Recipe, factors: tuple[float, ...]) -> list[Recipe] | NotTestable:
    own = recipe.case.model.optimizer
    rate = own.learning_rate if own is not None else None
    plain = own is not None and own.schedule is None and rate
    return [
        replace(recipe, rate=recipe.rate * f, change=f"learning rate x {f:g}" + (f" = {rate * f:.2g}" if rate else ""),
                patch=recipe.patched(("learning_rate", f"{rate * f:.2g}")) if plain else None)
        for f in factors
    ]  # fmt: skip


def _fixed(recipe: Recipe, rates: tuple[float, ...]) -> list[Recipe]:
    return [replace(recipe, fixed_rate=r, change=f"learning rate {r:g}", patch=recipe.patched(("learning_rate", f"{r:g}")))
            for r in rates]  # fmt: skip


@treats(Cause.LEARNING_RATE_TOO_HIGH, complete=True)
def smaller_rate(recipe: Recipe) -> list[Recipe] | NotTestable:
    """A tenth, a hundredth and a thousandth; a negative rate also with its sign turned."""
    own = recipe.case.model.optimizer
    if own is not None and own.learning_rate is not None and own.learning_rate < 0:
        return _fixed(recipe, (1e-2, 1e-3, 1e-4))
    return _variants(recipe, (0.1, 0.01, 0.001))


@treats(Cause.LEARNING_RATE_TOO_LOW, complete=True)
def greater_rate(recipe: Recipe) -> list[Recipe] | NotTestable:
    """Ten, a hundred and a thousand times the rate."""
    own = recipe.case.model.optimizer
    if own is not None and own.learning_rate == 0:
        return _fixed(recipe, (1e-3, 1e-2, 1e-1))
    return _variants(recipe, (10.0, 100.0, 1000.0))
