"""A program that raised: the failing step again, with one change that lets it run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.facts.skill import numeric
from traindx.trials import surgery
from traindx.trials.recipe import NotTestable, Recipe, tests
from traindx.trials.shown import Shown

if TYPE_CHECKING:
    from traindx.trials.bench import Wanted, World

_SPARSE, _WIDE = "sparse_categorical_crossentropy", "categorical_crossentropy"


def _targets(recipe: Recipe) -> Iterator[Recipe]:
    """Loss and targets brought together."""
    y = recipe.train.y[0]
    units = recipe.case.model.outputs[0].units if recipe.case.model.outputs else None
    if y.ndim > 1 and y.shape[-1] > 1:
        if units != y.shape[-1]:  # it may run, but cannot be what is meant
            return
        yield replace(recipe, loss=_WIDE, change=f"loss {_WIDE}", patch=recipe.patched(("loss", f'"{_WIDE}"')))
    elif (units or 0) > y.max() >= 1 and y.min() >= 0 and np.array_equal(y, np.round(y)):
        yield replace(recipe, loss=_SPARSE, change=f"loss {_SPARSE}", patch=recipe.patched(("loss", f'"{_SPARSE}"')))
        if units and y.size == len(y):
            wide = np.eye(units, dtype=np.float32)[y.reshape(len(y)).astype(int)]
            yield replace(recipe, train=replace(recipe.train, y=(wide,)), change="targets one-hot",
                          patch=recipe.patched_data("targets", f"one-hot:{units}"))  # fmt: skip


def _units(recipe: Recipe) -> Iterator[Recipe]:
    """One unit a class, or class numbers from 0."""
    y = numeric(recipe.train.y[0])
    if y is None or y.ndim != 1 or not np.array_equal(y, np.round(y)):
        return
    values = np.unique(y)
    where = recipe.case.model.outputs[0].layer if recipe.case.model.outputs else None
    count = int(values.max()) + 1
    if where is not None and 2 <= count <= 1000:
        def apply(model: Any) -> Any:
            made = surgery.rebuild(model, surgery.units_of(model, where, count, None))
            if isinstance(made, NotTestable):
                raise ValueError(made.why)
            return made

        yield recipe.with_edit(f"{count} units", apply, change=f"{count} output units",
                               patch=recipe.patched((f"units:{where}", str(count))))  # fmt: skip
    if values.min() != 0:
        shifted = np.searchsorted(values, y).astype(np.int32)
        yield replace(recipe, train=replace(recipe.train, y=(shifted,)), change="class numbers from 0",
                      patch=recipe.patched_data("targets", "from-0"))  # fmt: skip


def _inputs(recipe: Recipe) -> Iterator[Recipe]:
    """An axis more or less on the inputs."""
    x = recipe.train.x[0]
    shapes = [("an axis of length 1 added at the end of the inputs", x[..., None], "np.expand_dims(@, -1)"),
              ("an axis of length 1 added after the rows", x[:, None], "np.expand_dims(@, 1)")]  # fmt: skip
    for axis in range(1, x.ndim):
        if x.shape[axis] == 1:
            shapes.append((f"axis {axis} of length 1 taken out of the inputs", np.squeeze(x, axis), f"np.squeeze(@, {axis})"))
    if x.ndim == 4:
        shapes.append(("channels moved to the last axis", np.moveaxis(x, 1, -1), "np.moveaxis(@, 1, -1)"))
    if x.ndim > 2:
        shapes.append(("inputs flattened to one row each", x.reshape(len(x), -1), "np.reshape(@, (len(@), -1))"))
    for change, changed, code in shapes:
        yield replace(recipe, train=replace(recipe.train, x=(changed, *recipe.train.x[1:])), change=change,
                      patch=recipe.patched_data("inputs", f"as:{code}"))  # fmt: skip


def _flat(recipe: Recipe) -> Iterator[Recipe]:
    """All axes but the rows' flattened before the output layer."""
    where = recipe.case.model.outputs[0].layer if recipe.case.model.outputs else None

    def apply(model: Any) -> Any:
        made = surgery.flatten_before(model, where)
        if isinstance(made, NotTestable):
            raise ValueError(made.why)
        return made

    patch = recipe.patched((f"before:{where}", "Flatten()")) if where else None
    yield recipe.with_edit("flattened", apply, change="flattened before the output layer", patch=patch)


_FOR = {
    Cause.API_MISUSE: (_targets, _inputs, _units, _flat), Cause.LOSS_MISMATCH: (_targets,), Cause.OUTPUT_UNITS: (_units,),
    Cause.LABEL_RANGE: (_units,), Cause.WRONG_ARCHITECTURE: (_flat, _inputs),
}  # fmt: skip


@tests(*_FOR)
def failing_step(world: World, want: Wanted) -> Shown | NotTestable:
    """Whether the step that raised runs with one change; the step must fail in the child as well."""
    base = world.base
    if base.case.run.error is None:
        return NotTestable("the program did not raise")
    fault = _fails(world, base)
    if fault is None:
        return NotTestable("the failure does not come back in one training step")
    for make in _FOR[want.cause]:
        for recipe in make(base):
            world.told(f"{want.cause}: {recipe.change}")
            if _fails(world, recipe) is None:
                return Shown(None, recipe.change, "training steps that run, of 1", (0.0,), (1.0,), 0.0, "confirmed", True,
                             f"without the change: {fault}"[:160], recipe.patch or ())  # fmt: skip
    return NotTestable("no single change of loss, targets, units or axes lets the step run")


def _fails(world: World, recipe: Recipe) -> str | None:
    """The exception of one step in a line, or None where it runs."""
    try:
        world.lab.try_step(recipe)
    except Exception as fault:  # noqa: BLE001 - the question is whether it raises
        return f"{type(fault).__name__}: {fault}".splitlines()[0]
    return None
