"""Hidden activations and initial weights."""

from __future__ import annotations

from typing import Any

from traindx.facts.causes import Cause
from traindx.trials import surgery
from traindx.trials.recipe import NotTestable, Patch, Recipe, treats
from traindx.trials.remedies.capacity import two_more


def _head(recipe: Recipe) -> str | None:
    return recipe.case.model.outputs[0].layer if recipe.case.model.outputs else None


def _activate(recipe: Recipe, name: str, kernel: str | None) -> Recipe:
    where = _head(recipe)

    def apply(model: Any) -> None:
        found = surgery.hidden(model, where)
        for layer in found:
            surgery.set_activation(layer, name)
        if kernel is not None:
            surgery.initialise([x for x in found if x.trainable], kernel)

    change = f"hidden activations {name}" + (f", {kernel} weights" if kernel else "")
    return recipe.with_edit(change, apply, change=change, patch=_patch(recipe, name, kernel))


_RULES = {"HeNormal": "he_normal", "GlorotUniform": "glorot_uniform"}


def _patch(recipe: Recipe, activation: str | None, kernel: str | None) -> Patch | None:
    """Arguments of every hidden layer that was made on a line of the program."""
    where = _head(recipe)
    made = [x for x in recipe.case.model.layers if x.location is not None and x.parameters and x.units]
    alone = [x for x in recipe.case.model.layers if not x.parameters and x.activation and x.name != where]
    if activation is not None and any(x.kind != "Activation" for x in alone):
        return None  # `ReLU()` has no argument that would make it another activation
    changes = [(f"activation:{x.name}", f'"{activation}"') for x in alone if activation is not None]
    for layer in made:
        if activation is not None and layer.name != where and layer.activation != activation:
            changes.append((f"activation:{layer.name}", f'"{activation}"'))
        if kernel is not None and layer.kernel_initializer:
            changes.append((f"kernel_initializer:{layer.name}", f'"{_RULES[kernel]}"'))
    return recipe.patched(*changes)


@treats(Cause.SATURATING_ACTIVATIONS, Cause.VANISHING_GRADIENTS)
def unsaturated(recipe: Recipe) -> list[Recipe] | NotTestable:
    """Rectified units with the initial weights made for them."""
    return [_activate(recipe, "relu", "HeNormal"), _activate(recipe, "tanh", "GlorotUniform")]


@treats(Cause.DEAD_UNITS)
def leaky(recipe: Recipe) -> list[Recipe]:
    """Units that cannot die."""
    return [_activate(recipe, "leaky_relu", None), _activate(recipe, "elu", "HeNormal")]


@treats(Cause.MISSING_NONLINEARITY, complete=True)
def rectify(recipe: Recipe) -> Recipe:
    """A non-linearity after every hidden layer; a hidden layer where there is none."""
    where = _head(recipe)
    if not any(x.parameters for x in recipe.case.model.layers if x.name != where):
        def apply(model: Any) -> Any:
            made = surgery.deepen(model, where, 64, 2)
            if isinstance(made, NotTestable):
                raise ValueError(made.why)
            return made

        return recipe.with_edit("deeper", apply, patch=two_more(recipe, where), change="two rectified hidden layers of 64 added")
    return _activate(recipe, "relu", None)


@treats(Cause.WEIGHT_INITIALIZATION, Cause.VANISHING_GRADIENTS, Cause.EXPLODING_GRADIENTS, complete=True)
def initialise(recipe: Recipe) -> list[Recipe]:
    """Kernels drawn by Glorot's and by He's rule, biases 0."""

    def drawn(rule: str) -> Recipe:
        def apply(model: Any) -> None:
            count = surgery.initialise([x for x in surgery.leaves(model) if x.trainable], rule)
            if not count:
                raise ValueError("no layer has a kernel that could be drawn")

        return recipe.with_edit(f"weights {rule}", apply, change=f"initial weights {rule}", patch=_patch(recipe, None, rule))

    return [drawn("GlorotUniform"), drawn("HeNormal")]
