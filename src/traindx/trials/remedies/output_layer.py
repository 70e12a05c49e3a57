"""The output's activation, its units and the loss, as the task asks for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.facts.skill import class_ids
from traindx.trials import surgery
from traindx.trials.own_loss import Broadcast
from traindx.trials.recipe import NotTestable, Patch, Recipe, treats

_FULL_NAMES = {"bce": "binary_crossentropy", "cce": "categorical_crossentropy", "scce": "sparse_categorical_crossentropy",
               "mse": "mean_squared_error"}  # fmt: skip
_FITS = {"regression": "linear", "reconstruction": "linear", "binary": "sigmoid", "multi-class": "softmax", "multi-label": "sigmoid"}


def _head_name(recipe: Recipe) -> str | None:
    return recipe.case.model.outputs[0].layer if recipe.case.model.outputs else None


def _units(recipe: Recipe) -> int | None:
    return recipe.case.model.outputs[0].units if recipe.case.model.outputs else None


def _own_loss(recipe: Recipe) -> Any:
    return recipe.case.model.losses[0] if recipe.case.model.losses else None


def fitting(recipe: Recipe) -> str:
    """The activation that the task asks for with the units that the model has."""
    units = _units(recipe)
    if recipe.case.task == "multi-class" and units == 1:
        return "linear"
    if recipe.case.task == "binary" and (units or 1) > 1:
        return "softmax"
    return _FITS.get(recipe.case.task, "linear")


def _activate(recipe: Recipe, name: str, **changes: Any) -> Recipe:
    where = _head_name(recipe)

    def apply(model: Any) -> None:
        layer = surgery.head(model, where)
        if layer is None:
            raise ValueError("the output layer was not found")
        surgery.set_activation(layer, name)
        for other in surgery.leaves(model)[-1:]:
            if other is not layer and surgery.is_activation(other):
                surgery.set_activation(other, "linear")

    patch = recipe.patched((f"activation:{where}", f'"{name}"')) if where else None
    return recipe.with_edit(f"output {name}", apply, patch=patch, **changes)


@treats(Cause.OUTPUT_ACTIVATION, Cause.LABEL_RANGE, complete=True)
def output_activation(recipe: Recipe) -> Recipe | list[Recipe] | NotTestable:
    """The activation that can express the targets; logits where the loss expects them."""
    loss = _own_loss(recipe)
    now = recipe.case.model.outputs[0].activation if recipe.case.model.outputs else None
    name = fitting(recipe)
    if recipe.case.kind == "signed" and name == "sigmoid":
        name = "tanh"
    if loss is not None and loss.from_logits:
        name = "linear"
    if name == now:
        return NotTestable(f"the output is {now} already")
    return _activate(recipe, name, change=f"output activation {name}")


def proper_loss(recipe: Recipe) -> tuple[str, str]:
    """(loss, activation) that go together for the task, the targets' form and the model's units."""
    task, y, units = recipe.case.task, recipe.train.y[0], _units(recipe)
    if task == "binary" and (units or 1) == 1:
        return "binary_crossentropy", "sigmoid"
    if task == "multi-label":
        return "binary_crossentropy", "sigmoid"
    if task in ("multi-class", "binary"):
        wide = y.ndim > 1 and y.shape[-1] > 1
        return ("categorical_crossentropy" if wide else "sparse_categorical_crossentropy"), "softmax"
    return "mean_squared_error", "linear"


@treats(Cause.CONSTANT_LOSS, complete=True)
def moving_loss(recipe: Recipe) -> Recipe | list[Recipe] | NotTestable:
    """The task's own loss, where the program's did not move while the weights were given the chance."""
    losses = [v for _, v in recipe.case.curve.step_loss if np.isfinite(v)]
    if len(losses) > 1 and np.ptp(losses) > 1e-3 * max(1e-6, float(np.abs(losses).max())):
        return NotTestable(f"the loss did move in training, from {max(losses):.4g} to {min(losses):.4g}")
    return proper(recipe)


@treats(Cause.LOSS_MISMATCH, complete=True)
def proper(recipe: Recipe) -> Recipe | list[Recipe] | NotTestable:
    """The task's own loss on the program's output, with and without the matching activation."""
    if len(recipe.train.y) != 1:
        return NotTestable("the model has several outputs")
    loss, activation = proper_loss(recipe)
    units, classes = _units(recipe), _classes(recipe)
    if recipe.case.task == "multi-class" and (units or 0) < classes:
        return NotTestable(f"{units} output units cannot express {classes} classes")
    now = recipe.case.model.outputs[0].activation if recipe.case.model.outputs else None
    train = recipe.train
    if recipe.case.kind == "signed":
        train = replace(train, y=((train.y[0] > 0).astype(np.float32),))
    patch = recipe.patched(("loss", f'"{loss}"')) if train is recipe.train else None
    own = _own_loss(recipe)
    if own is not None and _FULL_NAMES.get(own.kind) == loss and not own.from_logits and now != activation and recipe.loss is None:
        return _activate(recipe, activation, change=f"output activation {activation}")
    made = replace(recipe, train=train, loss=loss, change=f"loss {loss}", patch=patch)
    if now == activation:
        return made
    return _activate(made, activation, change=f"loss {loss} with output {activation}")


def _classes(recipe: Recipe) -> int:
    return int(class_ids(recipe.train.y[0]).max()) + 1 if recipe.case.task in ("multi-class", "binary") else 1


@treats(Cause.OUTPUT_UNITS, complete=True)
def one_unit_a_target(recipe: Recipe) -> Recipe | NotTestable:
    """As many units as the targets have columns."""
    y, units, where = recipe.train.y[0], _units(recipe), _head_name(recipe)
    if recipe.case.task != "regression" or len(recipe.train.y) != 1 or y.ndim != 2 or where is None:
        return NotTestable("the targets are no table of numbers")
    count = y.shape[1]
    if units == count:
        return NotTestable(f"the output has {count} units already")

    def apply(model: Any) -> Any:
        made = surgery.rebuild(model, surgery.units_of(model, where, count, None))
        if isinstance(made, NotTestable):
            raise ValueError(made.why)
        return made

    return recipe.with_edit(f"{count} units", apply, change=f"{count} output units", patch=recipe.patched((f"units:{where}", str(count))))


@treats(Cause.OUTPUT_UNITS, Cause.LABEL_RANGE, Cause.LOSS_MISMATCH)
def one_unit_a_class(recipe: Recipe) -> Recipe | NotTestable:
    """As many softmax units as there are classes, with the sparse cross entropy on class numbers."""
    if recipe.case.task not in ("multi-class", "binary") or len(recipe.train.y) != 1:
        return NotTestable("the task has no classes")
    ids = class_ids(recipe.train.y[0])
    values = np.unique(ids)
    if ids.min() < 0 or len(values) > 1000:
        return NotTestable("the targets are no class numbers")
    count, where = int(values.max()) + 1, _head_name(recipe)
    if _units(recipe) == count and recipe.case.model.outputs[0].activation == "softmax":
        return NotTestable(f"the output has {count} softmax units already")

    def apply(model: Any) -> Any:
        made = surgery.rebuild(model, surgery.units_of(model, where, count, "softmax"))
        if isinstance(made, NotTestable):
            raise ValueError(made.why)
        return made

    train = replace(recipe.train, y=(ids.astype(np.int32),))
    return recipe.with_edit(f"{count} softmax units", apply, train=train, loss="sparse_categorical_crossentropy", patch=_as_classes(recipe, where, count),  # noqa: E501
                            change=f"{count} softmax units with sparse categorical cross entropy")  # fmt: skip


def _as_classes(recipe: Recipe, where: str | None, count: int) -> Patch | None:
    """The loss for class numbers, or its equal for one-hot targets of this width; not for other codes."""
    y = recipe.train.y[0]
    wide = y.ndim == 2 and y.shape[1] == count > 1
    if where is None or (y.size != len(y) and not wide) or recipe.case.kind == "signed":
        return None
    loss = "categorical_crossentropy" if wide else "sparse_categorical_crossentropy"
    wide_layer = next((x.name for x in reversed(recipe.case.model.layers) if x.units and x.parameters), where)
    return recipe.patched((f"units:{wide_layer}", str(count)), (f"activation:{where}", '"softmax"'), ("loss", f'"{loss}"'))


@treats(Cause.LOSS_SHAPE_BROADCAST, complete=True)
def same_shape(recipe: Recipe) -> Recipe | NotTestable:
    """Targets with the output's own axes, so that the loss compares row with row."""
    y, units = recipe.train.y[0], _units(recipe)
    if isinstance(recipe.loss, Broadcast):  # of a loop: there the output is brought to the targets' axes
        slot = "@[:, 0]" if y.ndim == 1 else "@[:, None]"
        return replace(recipe, loss=recipe.loss.aligned, change="predictions with the axes of the targets",
                       patch=recipe.patched(("tape", slot)))  # fmt: skip
    if y.ndim == 1 and units == 1:
        shaped = y[:, None]
    elif y.ndim == 2 and y.shape[1] == 1:
        shaped = y[:, 0]
    else:
        return NotTestable("targets and outputs have the same axes")
    change = f"targets of shape {shaped.shape[1:] or '(rows,)'}"
    patch = recipe.patched_data("targets", "shape:-1" if shaped.ndim == 1 else "shape:(-1, 1)")
    made = replace(recipe, train=replace(recipe.train, y=(shaped,)), change=change, patch=patch)
    loss = proper_loss(recipe)[0]
    return [made, replace(made, loss=loss, change=change + f", loss {loss}", patch=made.patched(("loss", f'"{loss}"')))]
