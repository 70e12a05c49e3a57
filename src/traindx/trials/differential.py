"""Tests of the whole run that split the space of causes: each says something about the program, none names one cause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from traindx.trials.bench import World
from traindx.trials.measures import NAMES
from traindx.trials.recipe import Recipe
from traindx.trials.shown import Shown
from traindx.trials.statistics import mean

ENOUGH = 0.9
"""Skill on one batch of training rows from which the batch counts as fitted."""
ROWS = 32
STEPS = 300


def differential(world: World) -> None:
    """Run what the rest of the budget allows: one batch, permuted labels, constant inputs, and the two cheap bounds."""
    _bounds(world)
    for test in (_one_batch, _permuted, _constant):
        if world.left() > 3 * world.lab.cost.get(("arm",), 1.0):
            test(world)


def _tell(world: World, change: str, after: list[float], seconds: float, note: str, measure: str = NAMES["skill"]) -> None:
    before = tuple(round(v, 4) for v in world.before(world.base))
    world.emit(Shown(None, change, measure, before, tuple(round(v, 4) for v in after), round(seconds, 2),
                     "observed", True, note))  # fmt: skip


def _bounds(world: World) -> None:
    best = world.base.case.baseline
    if best is not None:
        ours = mean(world.before(world.base))
        note = "better: the data hold more than the run learns" if best > ours + 0.1 else "no better than the run"
        _tell(world, "a cheap model instead (linear or nearest neighbours)", [best], 0.0, note)


def _one_batch(world: World) -> None:
    """Whether model, loss and optimizer can fit 32 rows at all, scored on those rows."""
    base = world.base
    rows = np.random.default_rng(0).permutation(len(base.train))[:ROWS]
    few = base.train.take(np.sort(rows))
    recipe = replace(base, train=few, held=few, truth=(few.y[0], few.y[0]), batch=min(base.batch, len(few)), steps=max(STEPS, base.steps))
    arm = world.lab.run(recipe, 0, world.deadline)
    fits = arm.finite and arm.held >= ENOUGH
    note = "learnt: the run can fit a single batch" if fits else "not learnt: the run fails on a single batch already"
    after = [arm.held if arm.finite else -1.0]
    _tell(world, f"{len(few)} training rows by heart", after, arm.seconds, note, "skill, then on these rows alone")


def _other(world: World, change: str, alter: Callable[[Recipe], Recipe], same: str, differs: str) -> None:
    recipe = alter(world.base)
    arm = world.lab.run(recipe, 0, world.deadline)
    ours = mean(world.before(world.base))
    _tell(world, change, [arm.held], arm.seconds, same if ours - arm.held < 0.05 else differs)


def _permuted(world: World) -> None:
    def alter(recipe: Recipe) -> Recipe:
        order = np.random.default_rng(1).permutation(len(recipe.train))
        return replace(recipe, train=replace(recipe.train, y=tuple(a[order] for a in recipe.train.y)))

    _other(world, "training labels permuted", alter, "no worse: the run learns nothing from its labels that holds on other rows",
           "worse: the run learns from its labels")  # fmt: skip


def _constant(world: World) -> None:
    def alter(recipe: Recipe) -> Recipe:
        flat = tuple(np.broadcast_to(a[:1], a.shape).copy() for a in recipe.train.x)
        return replace(recipe, train=replace(recipe.train, x=flat))

    _other(world, "every training row with the first row's inputs", alter, "no worse: the run does not use its inputs",
           "worse: the run uses its inputs")  # fmt: skip
