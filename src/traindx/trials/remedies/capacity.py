"""Less regularisation, more regularisation, wider layers, unfrozen layers, full precision, no batch normalisation."""

from __future__ import annotations

from typing import Any

from traindx.facts.causes import Cause
from traindx.trials import surgery
from traindx.trials.recipe import NotTestable, Patch, Recipe, treats

WIDER = 8


@treats(Cause.REGULARIZATION_TOO_STRONG, complete=True)
def without_regularisation(recipe: Recipe) -> Recipe | NotTestable:
    """No weight penalty, no dropout."""
    if not any(x.l1 or x.l2 or (x.rate and "Dropout" in x.kind) for x in recipe.case.model.layers):
        own = recipe.case.model.optimizer
        if own is None or not own.weight_decay:
            return NotTestable("the model has no weight penalty and no dropout")

    def apply(model: Any) -> None:
        for layer in model._flatten_layers():
            if "Dropout" in type(layer).__name__ and hasattr(layer, "rate"):
                layer.rate = 0.0
            if getattr(layer, "activity_regularizer", None) is not None:
                layer.activity_regularizer = None
        for variable in model.trainable_variables:
            variable.regularizer = None

    return recipe.with_edit("no regularisation", apply, change="without weight penalty and dropout", patch=_lighter(recipe))


def _lighter(recipe: Recipe) -> Patch | None:
    changes = []
    for layer in recipe.case.model.layers:
        if layer.rate and "Dropout" in layer.kind:
            changes.append((f"rate:{layer.name}", "0.0"))
        if layer.l1 or layer.l2:
            changes.append((f"kernel_regularizer:{layer.name}", "None"))
    return recipe.patched(*changes)


@treats(Cause.TOO_SMALL_MODEL)
def wider(recipe: Recipe) -> Recipe | list[Recipe]:
    """Hidden layers of several times the width, rectified."""
    where = recipe.case.model.outputs[0].layer if recipe.case.model.outputs else None

    def change(layer: Any) -> dict[str, Any] | None:
        if layer.name == where:
            return None
        if hasattr(layer, "units"):
            return {"units": min(256, max(32, layer.units * WIDER)), **({"activation": "relu"} if _linear(layer) else {})}
        return {"filters": min(128, layer.filters * 4)} if hasattr(layer, "filters") else None

    def apply(model: Any) -> Any:
        made = surgery.rebuild(model, change)
        if isinstance(made, NotTestable):
            raise ValueError(made.why)
        return made

    def deeper(model: Any) -> Any:
        made = surgery.deepen(model, where, 64, 2)
        if isinstance(made, NotTestable):
            raise ValueError(made.why)
        return made

    more = recipe.with_edit("deeper", deeper, patch=two_more(recipe, where), change="two rectified hidden layers of 64 added")
    if not any(x.units for x in recipe.case.model.layers if x.name != where and x.parameters):
        return more
    return [more, recipe.with_edit("wider", apply, patch=_wider(recipe, where), change=f"hidden layers {WIDER} times as wide")]


def two_more(recipe: Recipe, where: str | None) -> Patch | None:
    """The source of `surgery.deepen`."""
    layer = 'Dense(64, activation="relu", kernel_initializer="he_normal")'
    return recipe.patched((f"before:{where}", f"{layer}; {layer}")) if where else None


def _wider(recipe: Recipe, where: str | None) -> Patch | None:
    changes = []
    for x in recipe.case.model.layers:
        if x.name == where or not x.units or not x.parameters:
            continue
        if "Conv" in x.kind:
            changes.append((f"filters:{x.name}", str(min(128, x.units * 4))))
        else:
            changes.append((f"units:{x.name}", str(min(256, max(32, x.units * WIDER)))))
            changes += [(f"activation:{x.name}", '"relu"')] if x.activation == "linear" else []
    return recipe.patched(*changes)


def _linear(layer: Any) -> bool:
    return getattr(getattr(layer, "activation", None), "__name__", "") == "linear"


@treats(Cause.FROZEN_LAYERS, complete=True)
def unfreeze(recipe: Recipe) -> Recipe:
    """Every layer may learn."""

    def apply(model: Any) -> None:
        for layer in model._flatten_layers():
            layer.trainable = True

    return recipe.with_edit("unfrozen", apply, patch=recipe.patched(("trainable", "True")), change="all layers trainable")


@treats(Cause.LOW_PRECISION_UNDERFLOW, Cause.NUMERICAL_OVERFLOW)
def float32(recipe: Recipe) -> Recipe | NotTestable:
    """All layers compute in 32 bits."""
    if not any("16" in x.dtype for x in recipe.case.model.layers) and "16" not in recipe.case.model.dtype_policy:
        return NotTestable("the model computes in 32 bits already")

    def apply(model: Any) -> Any:
        made = surgery.rebuild(model, lambda layer: {"dtype": "float32"})
        if isinstance(made, NotTestable):
            raise ValueError(made.why)
        return made

    return recipe.with_edit("float32", apply, patch=recipe.patched(("dtype", "float32")), change="computed in float32")


@treats(Cause.NORMALIZATION_LAYERS)
def without_normalisation(recipe: Recipe) -> Recipe | NotTestable:
    """Batch normalisation passes its input on."""
    if not any("Normalization" in x.kind for x in recipe.case.model.layers):
        return NotTestable("the model has no normalisation layer")

    def apply(model: Any) -> None:
        for layer in surgery.leaves(model):
            if type(layer).__name__ == "BatchNormalization":
                layer.call = lambda inputs, *_, **__: inputs

    return recipe.with_edit("no normalisation", apply, patch=None, change="without batch normalisation")
